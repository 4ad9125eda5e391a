"""What sort of thing a question asks for, told by how it asks."""

import re
from enum import StrEnum


class Aspect(StrEnum):
    """What sort of thing is asked for."""

    QUANTITY = "quantity"
    DATE = "date"
    FORCE = "force"
    PENALTY = "penalty"
    LIST = "list"
    CONTENT = "content"
    TERM = "term"
    PERMISSION = "permission"
    CONFIRM = "confirm"
    COMPARE = "compare"
    SIMPLER = "simpler"
    WHO = "who"
    DEFINE = "define"
    SOURCE = "source"


_PATTERNS = {
    Aspect.PENALTY: re.compile(
        r"罚|后果|责任|拘留|坐牢|犯法|违法吗|吊销|追究|赔多少|会怎么样|会怎样|[怎咋](?:么|样)?处[理置]|抓|"
        r"判[几多刑]|蹲|关[几多]|什么下场|封了|关门|拿(?:我|他|她|咱|它)们?怎|掏多少|怎么收拾|"
        r"违反(?:了|会|的话|呢)|不(?:办|做|交|改|装|报)(?:会|的话|呢)|吃(?:官司|牢饭)|犯事|(?:啥|什么)处[理分]|怎么算账|逮[着住]|进去"
    ),
    Aspect.QUANTITY: re.compile(
        r"多少|几(?:个|项|家|条|张|天|年|次|户|处|倍|类|种|日|月|公里|吨|万)|多大|多高|多久|多长|"
        r"百分之|比例|比率|期限|金额|数量|指标值|几成"
    ),
    Aspect.DATE: re.compile(r"什么时候|哪一?年|哪一?天|几月|几号|何时|日期|截止"),
    Aspect.FORCE: re.compile(
        r"施行|生效|有效|废止|作废|过期|还能用|还管用|失效|实施了|算数|起效|开始实施|哪天(?:开始|起|算)|什么时候(?:开始|起算|实施)"
    ),
    Aspect.LIST: re.compile(
        r"哪些|哪几|有什么(?:措施|办法|要求|任务|安排)|都有什么|分别|列出|列举|包括什么|"
        r"什么情形|各有|清单里|干什么|做什么|怎么做|怎么抓|如何|各是|各自|几样|啥招|几种|三种|归拢|汇总|都算"
    ),
    Aspect.CONTENT: re.compile(
        r"说了?什么|规定了?什么|内容|写了?什么|怎么说|怎么规定|原文|全文|讲什么|干些?啥|要紧的|概括"
    ),
    Aspect.TERM: re.compile(
        r"多久|多长时间|几(?:天|日|个?月|年|个工作日)|多少(?:天|日|年|个月)|期限|有效期|时限|什么时候前"
    ),
    Aspect.PERMISSION: re.compile(
        r"能不能|能否|可以|可不可以|行不行|行吗|成不成|成吗|准不准|让不让|允许|许不许|合法|违法|犯法|违规|"
        r"能.{1,12}[吗么嘛不]|算不算违|要不要|用不用|需不需要|是否需要|必须|非得"
    ),
    Aspect.CONFIRM: re.compile(
        r"对吧|是吧|对不对|是不是|没错吧|没记错|不是说|不是.{2,20}吗|听说|听人说|听人讲|没理解错|没背错|"
        r"没听错|吧[?。!]*$|就是.{2,20}对|搞错|核对|顶多|据说"
    ),
    Aspect.COMPARE: re.compile(r"区别|不同|一样吗|分别|各是|哪个更|比较|看情况|分情况|哪种情形"),
    Aspect.WHO: re.compile(
        r"谁|哪个(?:部门|单位|局|机关|衙门)|哪家|哪级|什么部门|哪一级|归.{0,6}管|找哪|向哪|往哪|去哪|"
        r"哪些部门|主管|主体|职责分工"
    ),
    Aspect.DEFINE: re.compile(
        r"什么叫|什么是|啥叫|啥是|是什么意思|是啥意思|定义|指的是|指什么|指啥|怎么理解|何为|含义|算不算|是啥$|是什么$|界定"
    ),
    Aspect.SOURCE: re.compile(
        r"哪一?[条款]|第几[条款]|条号|编号|出处|法条|条文号|哪部法|什么法|依据(?:是|在|呢|哪)|法律依据"
    ),
    Aspect.SIMPLER: re.compile(
        r"说?简单(?:点|些|一点)|通俗|大白话|说人话|白话|听不懂|没看懂|一句话"
    ),
}


#: Who acts, where it makes a difference: articles treat a unit, its people and others apart.
PERSON = re.compile(
    r"个人|单位|公司|企业|摊|房东|老板|老总|本人|负责|责任人|经理|法人|业主|那家|隔壁|司机|员工|工人|自己|部门|局|干部|"
    r"领导|村|居民|农户|医院|学校|商家|买的|卖的|食客|租"
)
#: An act that is worse, or made good: what articles go on to say of it.
WORSE = re.compile(
    r"情节|严重|恶劣|拒|不改|没改|没动|不听|老样子|照旧|照样|接着|耳旁风|当没|又|再犯|第[二三两]次|重大|较大|特别|拖|不理|继续|"
    r"屡|累|后果|死|伤|中毒|主动|轻|第一次|初犯|改了|改正"
)
#: Whether someone is locked up.
DETAINS = re.compile(r"拘|抓|坐牢|蹲|关(?:几|他|人|起来|进)|判|进去|吃牢饭|逮")
#: What a text has that asks; one without only tells what happened, or what one believes.
ASKS = re.compile(
    r"[?吗么呢嘛吧]|多少|怎|咋|谁|哪|几|啥|什么|[能要该会算行是]不|是否|有没有|凭|得不得|合不"
)


def aspects_of(text: str) -> frozenset[Aspect]:
    """All that a folded question asks for."""
    return frozenset(aspect for aspect, pattern in _PATTERNS.items() if pattern.search(text))
