"""What the tools give back; an agent is shown these schemas."""

from pydantic import BaseModel, Field


class Quote(BaseModel):
    """A numbered quote, verbatim from its source."""

    n: int
    key: str = Field(description="引文键，可交给 get_article")
    title: str
    locator: str = Field(description="条、款、项")
    quote: str = Field(description="逐字的原文")
    status: str = Field(description="当天的效力")
    effective_date: str
    url: str
    added: str = Field(default="", description="“本单位添加”：不是自带的法律，是使用单位添加的文件")


class Told(BaseModel):
    """An answer: every sentence carried by the quotes that it is marked with."""

    answer: str
    outcome: str = Field(description="answered 或 declined（现有资料答不了）")
    citations: list[Quote]
    as_of: str
    disclosure: str


class Hit(BaseModel):
    """A passage that was found."""

    key: str
    title: str
    locator: str
    text: str
    score: float


class Found(BaseModel):
    """Passages, best first."""

    hits: list[Hit]


class ArticleText(BaseModel):
    """An article with its validity on a day."""

    key: str
    title: str
    path: list[str] = Field(description="编、章、节")
    label: str
    text: str
    note: str
    status: str
    effective_date: str
    url: str
    governed_by: list[str] = Field(description="已废止的条文，今天由哪几条管")
    as_of: str
    added: str = Field(default="", description="“本单位添加”：不是自带的法律，是使用单位添加的文件")


class Checked(BaseModel):
    """What was found in a text."""

    as_of: str
    counts: dict[str, int]
    findings: list[dict[str, object]]


class Governed(BaseModel):
    """What governs on a day what an article did."""

    key: str
    status: str
    articles: list[ArticleText] = Field(description="今天管这件事的条文，主要的在前")
    note: str = Field(description="本项目整理的说明，不是官方对照")


class Held(BaseModel):
    """A document of the corpus."""

    title: str
    issuer: str
    status: str
    effective_date: str
    articles: int


class Holdings(BaseModel):
    """What the corpus holds."""

    documents: list[Held]
