"""What the library says, in Simplified Chinese."""

LIBRARY = "法规库"
LIBRARY_LINE = "这里收录的文件，以{day}为准。"
CHECK_FINE = (
    "收录 {documents} 份文件、{articles} 条（段）；来源有误的 {repairs} 处已改正，"
    "没有发现别的问题。"
)
CHECK_FINDINGS = (
    "收录 {documents} 份文件、{articles} 条（段）；来源有误的 {repairs} 处已改正，"
    "另有 {findings} 处要核对，如 {first}。"
)
SEARCH = "在法规里查找"
SEARCH_HINT = "字词或条号，如噪声、176"
SEARCH_IN = "查找范围"
EVERYWHERE = "全部文件"
SEARCH_GO = "查找"
FOUND = "“{words}”：{shown}"
FOUND_ALL = "找到 {count} 条"
FOUND_FIRST = "找到 {count} 条，列出前 {limit} 条；可以选定一份文件，或写得更具体"
FOUND_NONE = "没有找到。可以少写几个字、换一个词，或在全部文件里找。"
WORDS_TOO_LONG = "查找的字词请不超过 {limit} 个字。"
SHELVES = {
    "policy": "政策部署",
    "in-force": "现行有效",
    "not-yet": "尚未施行",
    "ended": "已废止、失效或已被取代",
    "added": "添加的文件",
}
DOCUMENTS = "{count} 份"
ARTICLES = "{count} 条"
PARAGRAPHS = "{count} 段"
EXCERPT = "节选"
EFFECTIVE = "{day}起施行"
YEAR_BEGUN, YEAR_AMENDED = "（{year}年起）", "（{year}年修正）"
AMENDED = "{day}修正（修正后哪天起施行以修改决定为准，这里没有收录，按修正之日算）"
EXPIRES = "有效期至{day}"
REPLACED_BY = "由《{title}》取代"
ADOPTED = "{day}通过"
REPEALED_BY = "{day}起由{by}废止"
BACK = "返回目录"
LOADING = "正在取出条文……"
FAILED = "条文没有取到，请刷新页面再试。"
GONE = "这份文件已经移除，请返回目录。"
GOVERNED = "现行对应规定"
DROPPED = "没有对应的现行规定"
GOVERNS = "对应的旧条文"
OURS = "本项目对照整理，非官方"
NOT_LOADED = "知道但没有收入的文件"
NOT_LOADED_LINE = "下列文件没有收录，回答不会引用它们；请到发布机关的网站查阅。"
ASK_ARTICLE = "问这一条"

# 添加和移除

COMPARE = "旧法和今天的规定、修订前后：逐条对照"
COMPARE_TITLE = "文件"
COMPARE_REPLACED = "{by}和它取代的旧法"
COMPARE_PAIR = "{old} → {by}"
COMPARE_REVISED = "修订前后"
COMPARE_VERSION = "{title}（{day}起的新版本）"
COMPARE_FROM = "前一天"
COMPARE_TO = "后一天"
COMPARE_DO = "比较"
SAME = "这两天的规定没有不同。"
COUNTS = "，".join(
    ("{changed} 条改动", "{added} 条新增", "{gone} 条删去", "{moved} 条只是移了位置")
)
COMPARE_ALSO = "另见"
COMPARE_BEFORE = "原来的条文"
COMPARE_AFTER = "后来的条文"
COMPARE_FILTER = "只看含有这些字词或条号的"
COMPARE_FILTER_HINT = "如：罚款、99"
COMPARE_LINK_REPLACED = "与{by}逐条对照"
COMPARE_LINK_REVISED = "与上一版逐条对照"
COMPARE_BUSY = "正在比较……"
COMPARE_FAILED = "没有比较成，请检查网络后再试一次。"
