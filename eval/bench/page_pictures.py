"""Pictures of the page for the README: ``make screenshots`` writes docs/images/."""

import io
import shutil
import sys
from pathlib import Path
from typing import Any

from PIL import Image

from eval.bench.page_speed import serve_page

FOLDER = Path("docs/images")
#: A file may be this large, in bytes.
_MOST = 300_000
_PENALTY = "没办排污许可证就排污，会怎么罚？"
_TYPED = "隔壁工地夜里施工合法吗？"


def _shot(page: Any) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def _save(image: Image.Image, name: str) -> None:
    image.quantize(64).save(FOLDER / name, optimize=True)


def _open(browser: Any, address: str, width: int, height: int, scheme: str) -> Any:
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN"
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached")
    return page


def _ask(page: Any, question: str) -> None:
    page.locator("#question").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn:last-child[data-exchange]")
    page.wait_for_timeout(600)


def take_stills(browser: Any, address: str) -> None:
    """An answer with its source on a desk, and the same on a phone in the dark."""
    desk = _open(browser, address, 1280, 800, "light")
    _ask(desk, _PENALTY)
    desk.locator("a.mark").first.click()
    desk.wait_for_selector("#panel h2")
    desk.wait_for_timeout(400)
    _save(_shot(desk), "desk.png")
    phone = _open(browser, address, 390, 780, "dark")
    _ask(phone, _PENALTY)
    left = _shot(phone)
    phone.locator("a.mark").first.click()
    phone.wait_for_selector("#panel h2")
    phone.wait_for_timeout(400)
    both = Image.new("RGB", (2 * 390 + 24, 780), "white")
    both.paste(left, (0, 0))
    both.paste(_shot(phone), (390 + 24, 0))
    _save(both, "phone.png")


def take_film(browser: Any, address: str) -> None:
    """A question typed, answered, and its source opened, as a short GIF."""
    page = _open(browser, address, 1080, 680, "light")
    frames: list[tuple[Image.Image, int]] = [(_shot(page), 900)]
    box = page.locator("#question")
    for end in range(3, len(_TYPED) + 1, 3):
        box.fill(_TYPED[:end])
        frames.append((_shot(page), 160))
    box.fill(_TYPED)
    frames.append((_shot(page), 500))
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn:last-child[data-exchange]")
    page.wait_for_timeout(700)
    frames.append((_shot(page), 2200))
    page.locator("a.mark").first.click()
    page.wait_for_selector("#panel h2")
    page.wait_for_timeout(400)
    frames.append((_shot(page), 2600))
    page.get_by_role("link", name="下一条").click()
    page.wait_for_timeout(400)
    frames.append((_shot(page), 1600))
    palette = frames[-2][0].quantize(48)
    images = [
        image.resize((810, 510), Image.Resampling.LANCZOS).quantize(palette=palette)
        for image, _ in frames
    ]
    images[0].save(
        FOLDER / "ask.gif",
        save_all=True,
        append_images=images[1:],
        duration=[ms for _, ms in frames],
        loop=0,
        optimize=True,
    )


def main() -> int:
    """Take them all; exit status 1 where a file is too large for the repository."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with serve_page() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        take_stills(browser, address)
        take_film(browser, address)
        browser.close()
    return int(any(file.stat().st_size > _MOST for file in FOLDER.iterdir()))


if __name__ == "__main__":
    sys.exit(main())
