"""What the page says, in Simplified Chinese."""

from assistant.types import Audience

LANGUAGE = "zh-CN"

CORPUS_LINE = "{policies} 份政策部署 · {statutes} 部法律 · {articles} 条"
SKIP = "跳到提问框"
CHAT_TAB = "问答"
BOARD_TAB = "目标与措施"
LIBRARY_TAB = "法规库"

AUDIENCE_LABEL = "读者"
DAY_LABEL = "以哪一天为准"

WELCOME = "想问什么？"
WELCOME_LINE = (
    "部署里的数字和安排、法律怎么规定、会怎么罚，都可以问，也可以直接报条号。"
    "每句话都带出处，点开就是原文。"
)
EXAMPLES = {
    Audience.PUBLIC: (
        "隔壁工地夜里施工合法吗？",
        "在家门口烧秸秆会被罚吗？",
        "楼下饭店油烟太大，法律怎么规定？",
        "向谁举报环境污染？",
        "减污方面有哪些工作安排？",
        "环境保护法现在还有效吗？",
    ),
    Audience.ENTERPRISE: (
        "没办排污许可证就排污，会怎么罚？",
        "排污许可证有效期多久？",
        "危险废物可以在厂里存放多久？",
        "环评没批就开工有什么后果？",
        "超标排放会被责令停产吗？",
        "降碳方面对企业有哪些安排？",
    ),
    Audience.STAFF: (
        "生态环境法典第一百七十六条",
        "环境保护法第六十条对应现在哪一条？",
        "查封、扣押的依据是什么？",
        "按日连续处罚怎么规定？",
        "污染防治重点任务有多少项？",
        "行政处罚的追诉期限是多久？",
    ),
}

WARM_UP = "排污许可证"

QUESTION_LABEL = "问题"
QUESTION_HINT = "写下问题，按回车发送"
SEND = "发送"
STOP = "停止"
CLEAR = "新对话"
HISTORY = "历史"
EXPORT = "导出"
EXPORT_MARKDOWN = "Markdown 文本"
EXPORT_DOCX = "Word 文档"
EXPORT_NAME = "问答记录"
DISCLAIMER = "回答自动生成，仅供参考，以正式公布的文本为准。"

HISTORY_TITLE = "历史对话"
HISTORY_LINE = "只存在这台电脑的浏览器里。"
HISTORY_NONE = "还没有对话。"
HISTORY_CLEAR = "全部清除"
CLOSE = "关闭"

CONVERSATION_LABEL = "对话"
TURN_LABEL = "第{number}次问答"
YOU_ASKED = "您的问题："
PENDING = "正在查找条文……"
WAITING = "正在排队，前面还有 {ahead} 人……"
SOURCES = "出处"
SOURCE_N = "出处 {n}"
EFFECTIVE = "{day}起施行"
ADOPTED = "{day}通过"
OFFICIAL_PAGE = "官方页面：{host}"
UNDERSTOOD = "理解为：{question}"
ANSWERED_FOR = "以 {day} 为准 · 面向{audience}"
ENGINES = {"extractive": "逐字摘取，未用大模型"}
LLM_ENGINE = "由大模型 {name} 组织语言，逐句核对原文"
DECLINED_LABEL = "没有可以引用的内容"
NEAREST = "最接近的内容"
WHERE_TO_ASK = "可以问这里"
ASK_NEXT = "接着问"
USER_PROBLEM_LABEL = "请改一下再问"
OUR_PROBLEM_LABEL = "暂时答不了"
BUSY_LABEL = "请稍等"

COPY = "复制"
COPY_LINK = "复制链接"
USEFUL = "有用"
USELESS = "没用"
WORD_LABEL = "补充一句"
WORD_HINT = "补充一句（可不填）"
SEND_WORD = "提交"

PANEL_LABEL = "原文"
BACK = "返回上一条"
PREVIOUS = "上一条"
FOLLOWING = "下一条"
NO_NEIGHBOUR = "没有了"
NEIGHBOURS = "相邻条文"
STATUS_ON = "效力以 {day} 为准"
ASK_ARTICLE = "问这一条"
NOT_HELD = "语料里没有这一条，可能已被移除。"

NOTHING_FOUND = "没有找到能支持回答的条文，请换一种说法，或写明法律名称和条号再问。"
BAD_DAY = "日期“{day}”不对，请在“以哪一天为准”里选一天，例如 2026-08-15。"
TOO_LONG = "问题有 {count} 个字，超过了 {most} 个字的上限，请缩短后再问。"
TOO_OFTEN = "您问得有些快：每分钟最多 {most} 次。请等 {seconds} 秒再问。"
QUEUE_FULL = "现在提问的人很多，排队的已有 {count} 人，请过一会儿再试。"
TOO_SLOW = "这个问题答了 {seconds} 秒还没有答完，先停下了。请把问题写得短一些、具体一些再试。"
UNEXPECTED = "程序出了意外，这个问题没有答成，请再试一次；若仍不行，请查看服务器的日志。"
NOT_OURS = "这段对话里的引文与现在的语料对不上，请重新提问。"
UNREADABLE = "收到的内容读不懂，请刷新页面再试。"
PORT_IN_USE = "端口 {port} 已被占用，请用 --port 换一个，或先停掉占用它的程序。"
CANNOT_LISTEN = "不能在 {host}:{port} 上监听（{reason}），请用 --host 和 --port 换一个地址。"
