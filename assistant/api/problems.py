"""Errors as problem details (RFC 9457), each with one Chinese sentence.

OpenAI's clients read ``error.message``: the sentence stands there as well.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse

JSON_PROBLEM = "application/problem+json"
NO_KEY = "请求没有带密钥，请在 Authorization 头里写“Bearer 密钥”。"
WRONG_KEY = "密钥不对或者已经撤销，请向管理的人要一个新的。"
ONLY_HERE = "还没有设密钥，只有本机可以用接口；请先用 ecopolicy keys add 名字 设一个。"
TOO_LARGE = "请求太大，最多 {most} MB，请缩短后再试。"
TOO_OFTEN = "问得太快，每分钟最多 {most} 次，请 {seconds} 秒后再试。"
BUSY = "现在问的人很多，请过一会儿再试。"
UNREADABLE = "请求读不懂（{where}），请对照接口说明改正。"
UNKNOWN_MODEL = "没有叫“{name}”的模型，请写 {ours}。"
NO_SUCH = "没有这个地址，请对照接口说明改正。"
WRONG_METHOD = "这个地址不能这样请求，请对照接口说明改用别的方法。"
NO_PASSAGE = "语料里没有“{key}”，请用 /v1/search 查找。"
UNEXPECTED = "程序出了意外，请再试一次；若仍不行，请查看服务器的日志。"


class Problem(Exception):  # noqa: N818 - the name that RFC 9457 gives it
    """A request that is refused: ``status``, and one sentence that says what to do."""

    def __init__(
        self, status: int, says: str, headers: Mapping[str, str] | None = None, code: str = ""
    ) -> None:
        super().__init__(says)
        self.status = status
        self.says = says
        self.headers = dict(headers or {})
        self.code = code or HTTPStatus(status).phrase.lower().replace(" ", "_")

    def to_json(self) -> dict[str, Any]:
        """The problem's members."""
        return {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.says,
            "error": {"message": self.says, "type": self.code, "code": self.code, "param": None},
        }

    def response(self) -> JSONResponse:
        """As it is sent."""
        return JSONResponse(
            self.to_json(), self.status, headers=self.headers, media_type=JSON_PROBLEM
        )
