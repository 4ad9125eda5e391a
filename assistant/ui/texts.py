"""What the page says, in Simplified Chinese."""

from assistant.types import Audience

LANGUAGE = "zh-CN"

CORPUS_LINE = "语料：{policies} 份政策部署 · {statutes} 部法律 · {articles} 条；以 {day} 为准"

AUDIENCE_LABEL = "读者"
AUDIENCES = {
    Audience.PUBLIC: "公众",
    Audience.ENTERPRISE: "企业",
    Audience.STAFF: "工作人员",
}
DAY_LABEL = "以哪一天为准"

WELCOME = "想问什么？"
WELCOME_LINE = "可以问部署里的数字和安排，问法律怎么规定、会怎么罚，也可以直接报条号。"
EXAMPLES = (
    "污染防治重点任务有多少项？",
    "没办排污许可证就排污，会怎么罚？",
    "隔壁工地夜里施工合法吗？",
    "生态环境法典第一百七十六条",
    "环境保护法第六十条现在还有效吗？",
    "降碳方面有哪些工作安排？",
)

QUESTION_LABEL = "问题"
QUESTION_HINT = "写下问题，按回车发送"
SEND = "发送"
CLEAR = "清空对话"
DISCLAIMER = "回答由程序根据语料自动生成，仅供参考，以正式公布的文本为准。"

CONVERSATION_LABEL = "对话"
YOU_ASKED = "您的问题"
PENDING = "正在查找条文……"
SOURCES = "出处"
SOURCE_N = "出处 {n}"
EFFECTIVE = "{day}起施行"
OFFICIAL_PAGE = "官方页面：{host}"
UNDERSTOOD = "理解为：{question}"
ANSWERED_FOR = "以 {day} 为准 · 面向{audience}"
DECLINED_LABEL = "没有可以引用的内容"
USER_PROBLEM_LABEL = "请改一下再问"
OUR_PROBLEM_LABEL = "暂时答不了"

NOTHING_FOUND = "没有找到能支持回答的条文，请换一种说法，或写明法律名称和条号再问。"
BAD_DAY = "日期“{day}”不对，请在“以哪一天为准”里选一天，例如 2026-08-15。"
UNEXPECTED = "程序出了意外，这个问题没有答成，请再试一次；若仍不行，请查看服务器的日志。"
PORT_IN_USE = "端口 {port} 已被占用，请用 --port 换一个，或先停掉占用它的程序。"
CANNOT_LISTEN = "不能在 {host}:{port} 上监听（{reason}），请用 --host 和 --port 换一个地址。"
