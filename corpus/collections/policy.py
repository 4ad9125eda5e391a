"""The policy text: restored from what was received, and split by theme.

What was received is a web page converted to traditional characters, with the pinyin of each
converted character glued behind it: 「動(dòng)」.
"""

import re
from importlib import resources

from corpus.errors import CorpusError
from corpus.language import simplify
from corpus.types import Article, Document, Kind

_ANNOTATION = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]+\)")
_DATELINE = re.compile(r"^(\S{2,4})讯\s+")
_BYLINE = re.compile(r"^(来源|编辑|一审|二审|三审)：(.+)$")
_THEME = re.compile(r"^聚焦“(.+?)”")
_PUNCTUATION = str.maketrans({",": "，", ":": "：", ";": "；", "?": "？", "!": "！"})

#: The received text has no title of its own; this one is ours.
TITLE = "潍坊市生态环境局工作部署（降碳、减污、扩绿、增长）"
OVERVIEW = "总述"


def read_received() -> str:
    """Return the text as received."""
    return (resources.files("corpus.collections") / "weifang" / "as_received.txt").read_text(
        "utf-8"
    )


def restore(received: str) -> str:
    """Simplified characters, Chinese punctuation, no annotations, no empty lines."""
    text = simplify(_ANNOTATION.sub("", received)).translate(_PUNCTUATION)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def load_policy() -> Document:
    """Split the restored text into its paragraphs, keyed by theme; the byline is metadata."""
    articles: list[Article] = []
    byline: list[tuple[str, str]] = []
    for line in restore(read_received()).splitlines():
        if match := _BYLINE.match(line):
            byline.append((match[1], match[2]))
            continue
        if match := _DATELINE.match(line):
            byline.append(("电头", match[1] + "讯"))
            line = line[match.end() :]
        theme = _THEME.match(line)
        label = theme[1] if theme else OVERVIEW
        articles.append(Article(f"policy:{label}", label, (), line))
    labels = [article.label for article in articles]
    if labels != [OVERVIEW, "降碳", "减污", "扩绿", "增长"]:
        raise CorpusError(f"政策文本的段落与预期不符（读到：{'、'.join(labels)}），请恢复原文件。")
    issuer = dict(byline).get("来源", "")
    return Document(TITLE, Kind.POLICY, issuer, None, None, "", tuple(articles), tuple(byline))
