"""What a question asks for that the texts do not give, told by how it asks.

The policy text is short and gives no dates, amounts or names; the statutes leave figures and lists
to standards and catalogs. How near a question is to what the texts answer at all is told elsewhere
(``assistant.deciding.confidence``).
"""

import re
from datetime import date

from assistant.question import Understanding
from corpus.catalog import Corpus
from corpus.types import Article, Kind
from index.types import Retrieval

#: What the policy text does not give, and how one asks for it.
_NOT_GIVEN = (
    ("时间或期限", r"什么时候|哪一?年|哪一?天|几月|几号|何时|日期|截止|哪个月|多久|年底前"),
    ("金额", r"多少钱|几个亿|多少个?亿|投资|预算|经费|补助多少|补贴多少|奖励多少|一吨卖|价格|费用"),
    (
        "名单或明细",
        r"分别叫|(?:项目|小程序|河|厂|企业).{0,4}叫(?:啥|什么)|名单|点名|列个?表|第[一二三四五六七八九十]+[张项个条](?:是|写|叫|的)|哪几?条河|哪几?个?(?:县|市|区|家|园区)|"
        r"分别(?:是|叫|有)?哪|都?包括哪些项目|摘[一二三两]条|哪几家|逐项|哪些(?:村|镇|街道|小区|社区|河|企业|工厂)|"
        r"轮到|入选|(?:俺|我)们?(?:庄|村|镇|小区|厂)(?:有没有|在不在|算不算)|有没有(?:俺|我)",
    ),
    (
        "完成情况",
        r"去年|前年|上半年|完成了|完成多少了|进度|还剩|得分|第几名|排名|现在是几|最后争取到",
    ),
    (
        "承办科室、人员或联系方式",
        r"哪个科|科室|记者(?:叫|姓|是谁)|牵头|责任单位|电话|联系人|副局长|谁来验|哪个部门来|办公室在|网址|小程序|文号",
    ),
)
_PATTERNS = tuple((what, re.compile(pattern)) for what, pattern in _NOT_GIVEN)
#: What the statutes leave to standards, catalogs and offices that are not in the corpus.
_BEYOND_LAW = (
    (
        "限值等标准里的数值",
        r"限值|(?:多少|几)个?(?:分贝|毫克|微克)|几伏|毫克每升|微克|国标|一级a|gb\s?[0-9]",
    ),
    (
        "名录、目录的具体内容",
        r"(?:名录|目录)(?:里|中|上).{0,6}(?:算|属|列|有)|按.{0,6}名录|列全|从头到尾",
    ),
    (
        "办事地点、网址或电话",
        r"网址|下载|电话(?:是|多少|几|给我|号码|留)|给我.{0,8}电话|几号窗口|哪个窗口|哪条路|上班时间|到哪个村",
    ),
    (
        "具体的案件和办理进度",
        r"案号|判例|判过.{0,10}(?:没|吗|么)|(?:审|办|走|查)到(?:哪|第几)|(?:办理|审批|案子).{0,4}进度",
    ),
    (
        "价格行情或收费标准",
        r"成交价|行情|收几毛|一方水|一吨(?:卖|多少)|多少钱一|报价|市场价|"
        r"^(?!.*[罚赔税]).*(?:(?:花|大概要?|要付|掏|得出)(?:多少钱|几万|几个钱)|得花多少|买一?[台套个].*多少钱)",
    ),
)
_COUNTED = re.compile(
    r"(?<!哪)(?:几|多少)\s*(?:个)?(家|条|台|座|人|天|次|户|处|吨|万|亿|微克|公里|亩|度|辆|蒸吨|分贝|%|分)"
)
_MEASURE = re.compile(r"(?:上限|限值|浓度|目标值|均值|指标值).*(?:多少|几)|(?:万吨|微克|毫克)")


def missing_from(
    understanding: Understanding, found: Retrieval, corpus: Corpus, day: date
) -> str | None:
    """What kind of detail the question asks for that the text found first does not give."""
    passage = found.hits[0].passage
    if passage.kind is not Kind.POLICY:
        return missing_from_law(understanding)
    article = corpus.article(passage.key, day)
    return missing_from_policy(understanding, article[1]) if article else None


def missing_from_law(understanding: Understanding) -> str | None:
    """What the question asks that statutes leave to texts which are not in the corpus, or None."""
    for what, pattern in _BEYOND_LAW:
        if re.search(pattern, understanding.text):
            return what
    return None


def missing_from_policy(understanding: Understanding, article: Article) -> str | None:
    """What the question asks of the policy text that the text does not give, or None."""
    text = understanding.text
    for what, pattern in _PATTERNS:
        if pattern.search(text):
            return what
    counted = _COUNTED.search(text)
    if counted and not re.search(rf"[0-9]+\s*{re.escape(counted[1])}", article.text):
        return f"以“{counted[1]}”计的数字"
    if _MEASURE.search(text):
        return "这项指标的数值"
    return None
