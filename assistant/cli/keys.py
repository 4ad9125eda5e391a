"""The commands ``ecopolicy keys …``."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.api import KeyStore

keys_app = typer.Typer(help="接口的密钥：设、看、撤销。", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="密钥的名字，如用它的系统")]


def _store() -> "KeyStore":
    from assistant.api.keys import KeyStore
    from assistant.settings import load_settings

    return KeyStore(load_settings().data_dir)


@keys_app.command("add")
def keys_add(name: Name) -> None:
    """设一个密钥，只显示这一次。"""
    key = _store().make(name)
    typer.echo(f"{key}\n请现在记下：以后不再显示，只存它的散列值。")


@keys_app.command("list")
def keys_list() -> None:
    """有哪些密钥。"""
    kept = _store().keys()
    for key in kept:
        typer.echo(f"{key.name}　{key.made}")
    if not kept:
        typer.echo("还没有密钥：只有本机可以用接口。")


@keys_app.command("revoke")
def keys_revoke(name: Name) -> None:
    """撤销一个密钥，立刻不能再用。"""
    _store().revoke(name)
    typer.echo(f"已撤销“{name}”。")
