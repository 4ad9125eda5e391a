"""The commands that serve: the page with the interface for programs, and tools over MCP."""

import sys
from dataclasses import replace
from typing import Annotated

import typer


def serve_command(
    host: Annotated[str, typer.Option(help="监听的地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口", min=1, max=65535)] = 7860,
    only_api: Annotated[bool, typer.Option("--api", help="只开接口，不开页面")] = False,
) -> None:
    """打开聊天页面，旁边是给别的程序用的接口。"""
    from assistant.serving import check_port
    from assistant.settings import load_settings

    check_port(host, port)
    settings = load_settings()
    from assistant.cli.progress import ProgressBar
    from assistant.serving import log_as_json, own_names
    from assistant.serving import serve as serve_app
    from assistant.wiring import build_assistant, keep_current, open_workspace, page_options

    workspace = open_workspace(settings)
    assistant = build_assistant(settings, ProgressBar(), workspace, is_serving=True)
    keep_current(assistant)
    known = page_options(settings, assistant.corpus)
    options = replace(known, allowed_hosts=own_names(host, known.allowed_hosts))
    log_as_json(sys.stderr, options.log_requests)
    if only_api:
        from assistant.api import build_api

        app_to_serve, name = build_api(assistant, options), "接口"
    else:
        from assistant.ui import build_app

        app_to_serve, name = build_app(assistant, options, workspace), "聊天页面"
    typer.echo(f"{name}：http://{host}:{port}（按 Ctrl+C 停止）")
    serve_app(app_to_serve, host, port, options.answer_seconds)


def mcp_command(
    over_http: Annotated[
        bool, typer.Option("--http", help="用 HTTP（/mcp），不用标准输入输出")
    ] = False,
    host: Annotated[str, typer.Option(help="监听的地址（只能是本机）")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口", min=1, max=65535)] = 7861,
) -> None:
    """给智能体用的工具（MCP）：问答、查找、条文、核验、旧法今由何条管、有哪些文件。"""
    from assistant.serving import check_local, check_port

    if over_http:
        check_local(host)
        check_port(host, port)
    from assistant.cli.progress import ProgressBar
    from assistant.mcp import serve_http, serve_stdio
    from assistant.settings import load_settings
    from assistant.wiring import build_assistant

    assistant = build_assistant(load_settings(), ProgressBar())

    if over_http:
        typer.echo(f"MCP：http://{host}:{port}/mcp（按 Ctrl+C 停止）", err=True)
        serve_http(assistant, host, port)
    else:
        serve_stdio(assistant)
