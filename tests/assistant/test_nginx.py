"""The server behind nginx, with the very configuration that docs/serving.md shows."""

import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.pipeline import Assistant
from assistant.ui import ASK_PATH, build_app
from tests.assistant.serving import served
from tests.support import options_for

pytestmark = pytest.mark.nginx
NAME = "ask.example.cn"
HOST = {"Host": NAME}
QUESTION = "生态环境法典第一百七十六条"


def documented(repository: Path) -> str:
    text = (repository / "docs" / "serving.md").read_text("utf-8")
    return re.findall(r"```nginx\n(.*?)```", text, re.S)[0]


@pytest.fixture(scope="module")
def address(assistant: Assistant, repository: Path, tmp_path_factory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("nginx")
    nginx = shutil.which("nginx")
    assert nginx, "apt-get install nginx-light"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = options_for(
        assistant.corpus, allowed_hosts=(NAME,), client_header="X-Real-IP", requests_per_minute=20
    )
    with served(build_app(assistant, options)) as behind:
        server = documented(repository).replace("listen 80;", f"listen 127.0.0.1:{port};")
        server = server.replace("http://127.0.0.1:7860", behind.rstrip("/"))
        whole = (
            f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
            f"events {{ worker_connections 1024; }}\nhttp {{ access_log off;\n{server}\n}}\n"
        )
        (folder / "nginx.conf").write_text(whole, "utf-8")
        running = subprocess.Popen([nginx, "-c", str(folder / "nginx.conf")])
        try:
            for _ in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            running.wait()


def ask(client: httpx.Client) -> list[str]:
    data = [QUESTION, "public", "2026-11-23", "{}"]
    taken = client.post(f"/{ASK_PATH.lstrip('/')}", json={"data": data})
    taken.raise_for_status()
    with client.stream("GET", f"{ASK_PATH}/{taken.json()['event_id']}") as stream:
        return [
            json.loads(line[6:])[0]["html"]
            for line in stream.iter_lines()
            if line.startswith("data: [{")
        ]


def test_the_page_and_its_answers_come_through(address: str) -> None:
    with httpx.Client(base_url=address, headers=HOST, timeout=30) as client:
        page = client.get("/")
        assert "<title>" in page.text
        for file in re.findall(r'"(page/[^"]+)"', page.text):
            assert client.get(f"/{file}").status_code == 200
        assert "排污许可证" in ask(client)[-1]
        assert client.get("/healthz").status_code == 200
        assert client.get("/metrics").status_code == 403


def test_another_name_is_not_answered(address: str) -> None:
    assert httpx.get(address, headers={"Host": "evil.cn"}).status_code == 421


def test_too_much_is_refused_before_it_arrives(address: str) -> None:
    body = b"a" * (65 * 1024 * 1024)
    refused = httpx.post(f"{address}/check", headers=HOST, content=body, timeout=60)
    assert refused.status_code == 413


def test_who_is_silent_holds_nobody_up(address: str) -> None:
    place = (httpx.URL(address).host, httpx.URL(address).port)
    idle = [socket.create_connection(place) for _ in range(200)]
    started = time.perf_counter()
    assert httpx.get(f"{address}/about", headers=HOST, timeout=10).status_code == 200
    assert time.perf_counter() - started < 5
    for one in idle:
        one.close()


def test_the_limit_is_the_readers_and_not_the_proxys(address: str) -> None:
    with httpx.Client(base_url=address, headers=HOST, timeout=30) as client:
        for _ in range(25):
            last = ask(client)[-1]
            if "每分钟最多 20 次" in last:
                return
            time.sleep(0.25)  # nginx has a limit of its own
    raise AssertionError(last)
