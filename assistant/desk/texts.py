"""What the desk says."""

SIGN_IN = "登录工作台"
WRONG = "姓名或口令不对，请再试一次。"
HELD_UP = "试的次数太多，请 {seconds} 秒后再试。"
BUSY = "现在登录的人很多，请过几秒再试。"
NOBODY = "还没有工作人员：请在服务器上运行 ecopolicy staff add 姓名。"
SIGNED_OUT = "登录已经过期。您填的内容还在，请重新登录后继续。"
SIGN_IN_FIRST = "请先登录。"
STALE = "页面放得太久或者已在别处重新登录，刚才的改动没有保存，请返回上一页再提交一次。"
NOT_ALLOWED = "这一页只有管理员能看，请向管理员申请。"
UNEXPECTED = "程序出了意外，请再试一次；若仍不行，请查看服务器的日志。"
NOT_FOUND = "没有这一页，请从上面的目录进入。"
NO_FILE = "请先选择文件。"
OFF = (
    "没有开启：在 ecopolicy.toml 里写 keep_questions_days = 30 之类的天数，"
    "重新启动后才开始记录，页面上会有提示。"
)
SAID = {
    "saved": "已保存，几秒内用于回答。",
    "removed": "已移除。",
    "removing": "正在移除，读者不受影响。",
    "restoring": "正在恢复。",
    "moved": "已改。",
    "received": "已收到，正在读取。",
    "publishing": "正在发布，读者不受影响。",
    "discarded": "已放弃。",
    "imported": "已导入，几秒内用于回答。",
    "cleared": "已清空。",
}
ACTIONS = {
    "in": "登录",
    "out": "退出",
    "matter": "保存标准问答",
    "matter_removed": "移除标准问答",
    "matters": "导入标准问答",
    "wording": "审口语说法",
    "feedback": "改反馈状态",
    "asked_out": "导出问题",
    "asked_cleared": "清空问题",
}
