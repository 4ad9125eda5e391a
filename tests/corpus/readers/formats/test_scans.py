"""Scanned pages: what is said without the recogniser, and what it reads (marked ``ocr``)."""

import importlib.util
import io
import sys
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import DocumentError
from corpus.readers import read_apart
from corpus.readers.document import read_document, read_with_notes
from corpus.readers.formats import scans
from corpus.readers.formats.blocks import RECOGNIZED
from tests.corpus.readers.formats.printed import FONT, prose

NOTE = "识别文字，请核对原件"
ARTICLES = [
    "第一条　为了加强入河排污口的监督管理，改善水环境质量，根据有关法律制定本办法。",
    "第二条　设置入河排污口应当经市生态环境局批准，申请材料应当在30日以前提交。",
    "第三条　违反本办法规定的，由主管部门责令限期改正，处2万元以上10万元以下的罚款；情节严重的，"
    "责令停产整治。",
    "第四条　本办法自2025年7月1日起施行。",
]


def font(size: int) -> ImageFont.FreeTypeFont:
    """A font with Chinese letters; the test needs the package."""
    found = importlib.util.find_spec("cvttf_NotoSansCJK_Regular")
    assert found is not None, "pip install cvttf-notosanscjk-regular"
    assert found.submodule_search_locations
    (path,) = Path(found.submodule_search_locations[0]).glob("*.otf")
    return ImageFont.truetype(str(path), size)


def lines_of(texts: Sequence[str], ems: int) -> list[str]:
    return [
        set_in[at : at + ems]
        for set_in in (f"　　{text}" for text in texts)
        for at in range(0, len(set_in), ems)
    ]


def scan(texts: Sequence[str], size: int = 12, columns: int = 1, dpi: int = 200) -> Image.Image:
    """A page as a scanner gives it: grey, a little blurred and askew."""
    scale = dpi / 72
    width, height = (int(scale * side) for side in A4)
    picture = Image.new("L", (width, height), 245)
    draw, letters = ImageDraw.Draw(picture), font(int(size * scale))
    ems = int((475 - 25 * (columns - 1)) / columns / size)
    lines = lines_of(texts, ems)
    per_column = -(-len(lines) // columns)
    for number, line in enumerate(lines):
        column, row = divmod(number, per_column)
        x = 60 + column * (475 + 25) / columns
        draw.text((scale * x, scale * (70 + 1.7 * size * row)), line, font=letters, fill=40)
    return picture.rotate(0.4, fillcolor=245).filter(ImageFilter.GaussianBlur(0.6))


def as_bytes(picture: Image.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def as_pdf(pages: Sequence[Image.Image | str]) -> bytes:
    """A page for each picture, and one with text for each text."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for page in pages:
        if isinstance(page, str):
            canvas.setFont(FONT, 12)
            canvas.drawString(70, 700, page)
        else:
            canvas.drawImage(ImageReader(page), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write_file(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write_file


@pytest.fixture
def no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "is_installed", lambda: False)


def likeness(found: str, wanted: str) -> float:
    matches = SequenceMatcher(None, found, wanted, autojunk=False).get_matching_blocks()
    return sum(match.size for match in matches) / max(len(found), len(wanted))


BLANK = Image.new("L", (300, 400), 255)


@pytest.mark.usefixtures("no_extra")
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", as_pdf(["有文字的第一页内容。", BLANK])),
        ("a.png", as_bytes(BLANK, "PNG")),
        ("a.jpg", as_bytes(BLANK, "JPEG")),
        ("a.tif", as_bytes(BLANK, "TIFF")),
    ],
)
def test_without_the_extra_it_is_said_how_to_get_it(write, name: str, data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"请安装文字识别.*make ocr") as caught:
        read_document(write(name, data))
    assert str(caught.value).count("。") == 1


@pytest.mark.parametrize(
    "module",
    [
        "import a_library_that_was_never_installed",
        "version = '0.1'",
        "class RapidOCR:\n    def __init__(self, config): ...",
        "class RapidOCR:\n    def __init__(self, params): raise FileNotFoundError('model.onnx')",
    ],
    ids=["half", "another", "old", "without-models"],
)
def test_a_wrong_extra_is_told_in_one_sentence(
    write, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong" / "rapidocr.py").write_text(module, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "wrong"))
    with pytest.raises(
        DocumentError, match=r"^文字识别（OCR）装得不对，请重新运行 make ocr"
    ) as told:
        read_apart(write("a.png", as_bytes(BLANK, "PNG")))
    assert str(told.value).count("。") == 1


class FakeRecogniser:
    """Finds nothing, and counts how often it is asked."""

    boxes = None
    txts = None

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, _: object) -> "FakeRecogniser":
        self.asked += 1
        return self


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeRecogniser:
    recogniser = FakeRecogniser()
    monkeypatch.setattr(scans, "is_installed", lambda: True)
    monkeypatch.setattr(scans, "_recogniser", lambda: recogniser)
    return recogniser


def test_only_pages_without_text_are_recognised(write, fake: FakeRecogniser) -> None:
    data = as_pdf(["第一页是有文字的一页。", BLANK, "第三页也是有文字的一页。"])
    document = read_document(write("a.pdf", data))
    assert fake.asked == 1
    assert [article.page for article in document.articles] == [1, 3]
    assert all(not article.note for article in document.articles)


def test_too_many_pages_and_too_large_pictures_are_refused(
    write, fake: FakeRecogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "MAX_PAGES", 2)
    with pytest.raises(DocumentError, match="超过 2 页"):
        read_document(write("a.pdf", as_pdf([BLANK] * 3)))
    many = as_bytes(BLANK, "TIFF", save_all=True, append_images=[BLANK] * 2)
    with pytest.raises(DocumentError, match="超过 2 页"):
        read_document(write("a.tif", many))
    monkeypatch.setattr(scans, "_MAX_PIXELS", 100_000)
    with pytest.raises(DocumentError, match="太大"):
        read_document(write("a.png", as_bytes(BLANK, "PNG")))
    assert fake.asked == 4


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_a_broken_picture_is_told(write, form: str) -> None:
    whole = as_bytes(Image.effect_noise((300, 400), 50), form)
    name = {"PNG": "a.png", "JPEG": "a.jpg", "TIFF": "a.tif"}[form]
    with pytest.raises(DocumentError, match="损坏"):
        read_document(write(name, whole[: len(whole) // 3]))


@pytest.mark.ocr
def test_a_scanned_statute_is_read_article_by_article_and_marked(write) -> None:
    document = read_document(write("某市入河排污口办法.pdf", as_pdf([scan(ARTICLES)])))
    assert [article.label for article in document.articles] == [
        "第一条", "第二条", "第三条", "第四条",
    ]  # fmt: skip
    found = "".join(f"{article.label}　{article.text}" for article in document.articles)
    assert likeness(found, "".join(ARTICLES)) > 0.98
    assert {article.note for article in document.articles} == {NOTE} == {RECOGNIZED}
    assert {article.page for article in document.articles} == {1}


@pytest.mark.ocr
def test_two_scanned_columns_are_read_one_after_the_other(write) -> None:
    texts = [prose(seed, 2) for seed in range(6)]
    document, notes = read_with_notes(write("a.pdf", as_pdf([scan(texts, 11, columns=2)])))
    assert notes == ()
    assert likeness("".join(a.text for a in document.articles), "".join(texts)) > 0.97


@pytest.mark.ocr
@pytest.mark.parametrize(("name", "form"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.tif", "TIFF")])
def test_a_picture_is_read(write, name: str, form: str) -> None:
    text = prose(77, 2)
    document = read_document(write(name, as_bytes(scan([text]).crop((0, 0, 1653, 600)), form)))
    assert likeness("".join(a.text for a in document.articles), text) > 0.97
    assert document.articles[0].note == NOTE


@pytest.mark.ocr
def test_a_file_of_text_and_scans_has_marks_on_the_scans_only(write) -> None:
    data = as_pdf(["第一页是有文字的一页。", scan([prose(5, 2)])])
    document = read_document(write("a.pdf", data))
    assert [(a.page, a.note) for a in document.articles] == [(1, ""), (2, NOTE)]


@pytest.mark.ocr
def test_the_recogniser_needs_no_network(write, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    scans._recogniser.cache_clear()
    assert read_document(write("a.pdf", as_pdf([scan([prose(8, 1)])]))).articles
    assert "rapidocr" in sys.modules
