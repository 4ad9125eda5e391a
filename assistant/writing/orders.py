"""Text that speaks to a machine rather than to a reader.

A document with such a passage is quoted like any other, but a language model does not see it.
"""

import re

from corpus.language import fold, strip_control

_ORDER = re.compile(
    r"(?:忽略|无视|忘记|忘掉|跳过|绕过|不要理会|不必遵守|抛开|推翻|覆盖).{0,16}"
    r"(?:指示|指令|规则|限制|要求|设定|资料|提示|以上|上文|上面|前面|之前|原文)|"
    r"系统(?:提示|更新|消息|指令|管理员|设定)|提示词|隐藏设定|越狱|大模型|语言模型|人工智能助手|ai助手|聊天机器人|"
    r"(?:回答|答复|回复|输出|结尾|开头|末尾|答案)(?:时|中|里|处|前|后)?[，,]?.{0,6}(?:必须|务必|一律|应当|请|要|只能|只准|加上|写上|附上|插入)"
    r".{0,8}(?:写|说|答|输出|加|附|插入|声明|包含|“|\"|')|"
    r"(?:请|务必|必须|应当|一律)(?:在)?(?:回答|答复|回复|输出|照做|复述|重复)|你(?:现在)?(?:是|要扮演|将扮演|必须|应该|应当|只能|只准)|"
    r"(?:在|于)?(?:每句话|答案|回答|回复)(?:的)?(?:后|前|开头|结尾|末尾|里)(?:面)?(?:附上|加上|写上|必须|要|请)|更新答案|据此回答|"
    r"从现在(?:起|开始)|扮演|假装|开发者模式|管理员(?:密码|授权|已)|后台密码|api.?key|密钥|"
    r"ignore (?:all|any|the|previous|your|above)|disregard|forget (?:all|everything|previous|your)|"
    r"you (?:are|must|should|will) |act as|pretend|jailbreak|developer mode|"
    r"system ?(?:prompt|message|override)|"
    r"new instructions?|instructions?:|(?:^|\W)(?:system|assistant|user)\s*[:：>\]]|[\"']role[\"']|"
    r"(?:reply|respond|answer|output|print|repeat|say|write|append|begin|end|include)\b.{0,40}"
    r"(?:with|exactly|only|verbatim|this|following|the words?|[\"“'])|"
    r"<\|?[a-z_/]+\|?>|\[/?inst\]|<<sys>>|!\[[^\]]*\]\s*\(|\]\(\s*https?:|(?:https?|ftp)://|javascript:|data:text"
)


def has_orders(text: str) -> bool:
    """Whether a text has words that are meant for the model that reads it."""
    return text != strip_control(text) or bool(_ORDER.search(fold(text)))
