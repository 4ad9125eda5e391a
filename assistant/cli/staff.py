"""The commands ``ecopolicy staff …``."""

import json
import sys
from getpass import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.staff import People, Person, Role
from corpus.errors import OptionError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.staff import AuditLog

staff_app = typer.Typer(help="工作台的人员：添加、查看、换口令、移除。", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="姓名")]
RoleOption = Annotated[Role, typer.Option("--role", help="角色")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="口令从标准输入读一行，不在终端询问")
]
#: Characters of a line of standard input that are read; far above any password.
_LONGEST_LINE = 10_000
#: Who did it, in the audit log.
_COMMAND_LINE = "命令行"


@staff_app.command("add")
def staff_add(
    name: Name, role: RoleOption = Role.EDITOR, password_stdin: FromStdin = False
) -> None:
    """添加一个人，口令输入两遍。"""
    settings = _settings()
    people, log = _people(settings), _log(settings)
    people.check_free(name)
    person = people.add(name, role, _password(password_stdin))
    _note(log, "添加人员", person)
    typer.echo(f"已添加“{person.name}”（{person.role}）。")


@staff_app.command("list")
def staff_list() -> None:
    """有哪些人。"""
    people = _people(_settings())
    kept = people.all()
    for person in kept:
        given = "　由环境变量给出" if people.is_given(person.name) else ""
        typer.echo(f"{person.name}　{person.role}{given}")
    if not kept:
        typer.echo("还没有人：请用 ecopolicy staff add 添加。")


@staff_app.command("password")
def staff_password(name: Name, password_stdin: FromStdin = False) -> None:
    """换一个人的口令，用旧口令登录的立刻退出。"""
    settings = _settings()
    people, log = _people(settings), _log(settings)
    people.check_changeable(name)
    person = people.set_password(name, _password(password_stdin))
    _note(log, "更换口令", person)
    typer.echo(f"已换“{person.name}”的口令。")


@staff_app.command("remove")
def staff_remove(name: Name) -> None:
    """移除一个人，已登录的立刻退出。"""
    settings = _settings()
    people, log = _people(settings), _log(settings)
    person = people.remove(name)
    _note(log, "移除人员", person)
    typer.echo(f"已移除“{person.name}”。")


@staff_app.command("hash")
def staff_hash(
    name: Name, role: RoleOption = Role.EDITOR, password_stdin: FromStdin = False
) -> None:
    """生成环境变量 ECOPOLICY_STAFF 的一项（列表写成 [项, 项]），不存任何东西。"""
    entry = _people(_settings()).entry_for(name, role, _password(password_stdin))
    typer.echo(json.dumps(entry, ensure_ascii=False))


def _settings() -> "Settings":
    from assistant.settings import load_settings

    return load_settings()


def _people(settings: "Settings") -> People:
    return People(settings.data_dir, settings.staff.get_secret_value())


def _log(settings: "Settings") -> "AuditLog":
    """Opened before anything is changed: what cannot be noted is not done."""
    from assistant.records import database_of
    from assistant.staff import AuditLog

    return AuditLog(database_of(settings.data_dir, settings.records_database.get_secret_value()))


def _note(log: "AuditLog", action: str, person: Person) -> None:
    log.add(_COMMAND_LINE, action, person.name, {"角色": person.role.value})


def _password(from_stdin: bool) -> str:
    """The password, asked for twice or read as a line; OptionError where there is none."""
    if from_stdin:
        return _line()
    if not sys.stdin.isatty():
        raise OptionError("这里不是终端，不能询问口令，请加 --password-stdin 从标准输入读。")
    try:
        password = getpass("口令（输入时不显示）：")
        again = getpass("再输一遍：")
    except EOFError as error:
        raise typer.Abort from error
    if password != again:
        raise OptionError("两遍口令不一样，请重新运行这条命令。")
    return password


def _line() -> str:
    try:
        line = sys.stdin.readline(_LONGEST_LINE)
    except UnicodeError as error:
        raise OptionError("标准输入里的口令不是 UTF-8，请改用 UTF-8。") from error
    return line.removesuffix("\n").removesuffix("\r")
