"""The desk in a real browser, at a desk and on a phone: each path as staff go it, and axe-core."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect
from ui_server import needs_browser, opened, shoot

from assistant.desk import Bench, add_desk
from assistant.types import Audience, Query
from tests.assistant.axe import AXE_RUN, fetch_axe
from tests.assistant.desk.desk_steps import (  # noqa: F401
    KEY,
    PASSWORD,
    RULE,
    desk_bench,
    desk_workspace,
)
from tests.assistant.serving import served

DAY = date(2026, 11, 23)
pytestmark = needs_browser


@pytest.fixture
def address(bench: Bench) -> Iterator[str]:
    app = FastAPI()
    add_desk(app, bench)
    with served(app) as found:
        yield f"{found}desk"


@pytest.fixture(params=(1280, 390))
def desk(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with opened(browser, address, request.param, is_chat=False) as (page, _):
        page.get_by_label("姓名").fill("赵管理")
        page.get_by_label("口令").fill(PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        expect(page.get_by_role("heading", name="工作台")).to_be_visible()
        yield page
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def sound(page: Page, axe: str, name: str) -> None:
    """Nothing serious by axe-core, and a picture where one is wanted."""
    shoot(page, f"desk-{name}")
    page.evaluate(axe)
    assert page.evaluate(AXE_RUN) == []


@pytest.fixture(scope="module")
def axe(repository: Path) -> str:
    return fetch_axe(repository)


def test_a_file_and_a_matter_from_beginning_to_end(
    desk: Page, bench: Bench, axe: str, tmp_path: Path
) -> None:
    path = tmp_path / "庚市夜市管理办法.txt"
    path.write_text(RULE, "utf-8")
    desk.get_by_role("link", name="文件", exact=True).click()
    desk.locator("input[type=file]").set_input_files(path)
    desk.get_by_role("button", name="上传", exact=True).click()
    desk.get_by_role("link", name="看看读到了什么").click(timeout=30_000)
    expect(desk.locator("body")).to_contain_text("4 条")
    sound(desk, axe, "upload")
    expect(desk.get_by_label("施行日期")).to_have_value("2022-05-01")
    desk.get_by_label("集合").fill("庚市生态环境局")
    desk.get_by_role("button", name="发布").click()
    expect(desk.get_by_role("link", name="移除")).to_be_visible(timeout=60_000)
    expect(desk.get_by_role("cell", name="庚市生态环境局")).to_be_visible()
    sound(desk, axe, "files")

    desk.get_by_role("link", name="标准问答").click()
    desk.get_by_role("link", name="新写一条").click()
    desk.get_by_label("名称").fill("夜市收摊")
    desk.get_by_label("老百姓会怎么讲这件事").fill("夜市几点收摊\n摆摊最晚到几点\n夜里摆摊太晚")
    desk.get_by_label("怎么问（一行一种问法）").fill("最晚几点收\n几点以后不许摆")
    desk.get_by_label("一句话，用平常的词").fill("夜市摊位要在二十三时前收摊。")
    desk.get_by_label("查条文").fill("收摊")
    desk.get_by_role("button", name="查", exact=True).click()
    desk.locator('input[value="庚市夜市管理办法#2"]').check()
    desk.get_by_role("button", name="预览", exact=True).last.click()
    expect(desk.get_by_label("预览", exact=True)).to_contain_text("夜市摊位应当在二十三时前收摊")
    sound(desk, axe, "matter")
    desk.get_by_role("button", name="保存并用于回答").click()
    expect(desk.get_by_role("status")).to_have_text("已保存，几秒内用于回答。", timeout=60_000)
    sound(desk, axe, "matters")

    desk.get_by_role("link", name="文件", exact=True).click()
    desk.get_by_role("link", name="移除", exact=True).click()
    desk.get_by_role("button", name="移除", exact=True).click()
    expect(desk.get_by_role("button", name="恢复")).to_be_visible(timeout=60_000)
    sound(desk, axe, "bin")
    desk.get_by_role("link", name="标准问答").click()
    expect(desk.locator("td .problem")).not_to_have_count(0)

    desk.get_by_role("link", name="文件", exact=True).click()
    desk.get_by_role("button", name="恢复").click()
    expect(desk.get_by_role("link", name="移除", exact=True)).to_be_visible(timeout=60_000)
    desk.get_by_role("link", name="标准问答").click()
    expect(desk.locator("td .problem")).to_have_count(0)

    desk.get_by_role("link", name="文件", exact=True).click()
    desk.get_by_role("link", name="口语说法").click()
    second = desk.get_by_role("group", name="第二条")
    second.get_by_label("怎么问").fill("喇叭叫卖管不管\n夜里摆摊吵")
    second.get_by_label("审过").check()
    sound(desk, axe, "wording")
    desk.get_by_role("button", name="保存，以后用来查找").click()
    expect(desk.get_by_role("status")).to_contain_text("已保存", timeout=60_000)
    expect(second.get_by_label("怎么问")).to_have_value("喇叭叫卖管不管\n夜里摆摊吵")
    expect(second.get_by_label("审过")).to_be_checked()
    assert "喇叭叫卖管不管" in bench.assistant.corpus.lay_texts(KEY)


def test_feedback_questions_and_the_log(desk: Page, bench: Bench, axe: str) -> None:
    answer = bench.assistant.answer(Query("今年减污有哪些目标", DAY))
    bench.feedback.add(answer, "useless", "没有说到我们县")
    for question in ("火星上能建化工厂吗", "去火星建化工厂行不行"):
        bench.asked.add(bench.assistant.answer(Query(question, DAY)), Audience.PUBLIC)
    desk.get_by_role("link", name="反馈", exact=True).click()
    sound(desk, axe, "feedback")
    desk.get_by_role("link", name="今年减污有哪些目标").click()
    sound(desk, axe, "feedback-one")
    desk.get_by_label("说明").fill("已转科室")
    desk.get_by_role("button", name="保存").click()
    expect(desk.get_by_role("status")).to_have_text("已改。")
    desk.get_by_role("link", name="问过什么", exact=True).click()
    expect(desk.locator("figure svg")).to_be_visible()
    expect(desk.locator("body")).to_contain_text("化工厂")
    sound(desk, axe, "asked")
    desk.get_by_role("link", name="操作记录").click()
    expect(desk.locator("body")).to_contain_text("改反馈状态")
    sound(desk, axe, "audit")
    desk.get_by_role("button", name="退出").click()
    expect(desk.get_by_role("heading", name="登录工作台")).to_be_visible()
    sound(desk, axe, "sign-in")
