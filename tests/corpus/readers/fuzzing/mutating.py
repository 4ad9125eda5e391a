"""Small valid files are taken to pieces, and the pieces dropped, doubled, swapped and made odd."""

import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

#: A file stays so small that whatever takes long over it is a fault of the reader.
MOST = 30_000
_MOST_CHANGES = 6
_MARKUP = re.compile(rb"(<[^>]*>)")
_WORDS = re.compile(rb"([\s/<>\[\]()=\",.]+)")
_LINES = re.compile(rb"(\n+|\xe3\x80\x82)")
_VALUE = re.compile(rb'"[^"]*"')
_DIGITS = re.compile(rb"[0-9]+")
#: Numbers, names and characters that readers trip over.
ODD_VALUES = (
    b"", b"0", b"-1", b"1", b"2", b"9", b"99", b"255", b"65536", b"99999999", b"2147483648",
    b"1e400", b"nan", b"0.5", b"x", b"none", b"true", "²".encode(), "１２".encode(), "٣".encode(),
    "〇".encode(), b"%1%2%9", b"../../x", b"http://[", b"continue", b"restart",
)  # fmt: skip
ODD_TEXTS = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        "\x00", "\x0b", "\x1c", "\x85", "\u2028", "\ufeff", "\ufffe", "\u202e反", "\u200b",
        "\u3000", "\ud800", "\U0010ffff", "\U0001f600", "ﬁ", "⽣", "㎎", "é\u0301" * 9, " " * 40,
        "|", "　|　", "第三条 ", "第〇条 甲", "第九千九百九十九条之十 乙", "第两百零条 丙", "第1条",
        "附件：", "附表1", "（一）", "(十百) ", "1.", "①", "表1 限值（单位：mg/L", "单位：", "注：",
        "第一章", "总则", "自2026年13月40日起施行", "二○二六年二月三十日",
        "（0000年00月00日 通过）", "《", "》》", "“", "&#xD800;", "&#0;", "&nbsp;",
        "&x;", "<!--", "]]>", "<![CDATA[", "<?x", "```", "---", "\t",
    )
)  # fmt: skip


@st.composite
def mutated(
    draw: st.DrawFn, data: bytes, pattern: re.Pattern[bytes], odd: Sequence[bytes] = ODD_TEXTS
) -> bytes:
    """The data with up to six changes to its pieces, which the pattern separates."""
    pieces = [piece for piece in pattern.split(data) if piece]
    for _ in range(draw(st.integers(0, _MOST_CHANGES))):
        if not pieces:
            break
        at = draw(st.integers(0, len(pieces) - 1))
        to = min(len(pieces), at + draw(st.integers(1, 8)))
        match draw(st.integers(0, 8)):
            case 0:
                del pieces[at:to]
            case 1:
                times = draw(st.sampled_from((2, 3, 30, 300, 1000)))
                pieces[at:at] = pieces[at:to] * times
            case 2:
                other = draw(st.integers(0, len(pieces) - 1))
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case 3 | 4:
                pieces[at] = _odd_value(draw, pieces[at])
            case 5:
                pieces.insert(at, draw(st.sampled_from(odd)))
            case 6:
                pieces[at] = draw(st.sampled_from(odd))
            case 7:
                pieces[at] = _with_changed_byte(draw, pieces[at])
            case 8:
                pieces[at:to] = reversed(pieces[at:to])
    return b"".join(pieces)[:MOST]


def _odd_value(draw: st.DrawFn, piece: bytes) -> bytes:
    """A piece with one of its quoted values, or of its numbers, made odd; else an odd value."""
    found = list(_VALUE.finditer(piece)) or list(_DIGITS.finditer(piece))
    value = draw(st.sampled_from(ODD_VALUES))
    if not found:
        return value
    match = found[draw(st.integers(0, len(found) - 1))]
    quote = b'"' if match[0].startswith(b'"') else b""
    return piece[: match.start()] + quote + value + quote + piece[match.end() :]


def _with_changed_byte(draw: st.DrawFn, piece: bytes) -> bytes:
    if not piece:
        return piece
    at = draw(st.integers(0, len(piece) - 1))
    return piece[:at] + bytes([draw(st.integers(0, 255))]) + piece[at + 1 :]


def markup(data: bytes) -> st.SearchStrategy[bytes]:
    """XML or HTML, changed by its tags."""
    return mutated(data, _MARKUP)


def words(data: bytes) -> st.SearchStrategy[bytes]:
    """PDF or TOML, changed by its words."""
    return mutated(data, _WORDS)


@st.composite
def lines(draw: st.DrawFn, data: bytes) -> bytes:
    """Text, changed by its lines and sentences, in one of several encodings."""
    changed = draw(mutated(data, _LINES))
    encoding = draw(
        st.sampled_from(
            ("", "", "utf-8-sig", "utf-16", "utf-16-be", "gb18030", "big5", "shift_jis")
        )
    )
    return changed.decode("utf-8", "replace").encode(encoding, "replace") if encoding else changed


@st.composite
def raw(draw: st.DrawFn, data: bytes) -> bytes:
    """Bytes with some of them changed, or cut off."""
    changed = bytearray(data)
    for _ in range(draw(st.integers(0, _MOST_CHANGES))):
        changed[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(changed[: draw(st.sampled_from((len(data), len(data), len(data) // 2)))])


@st.composite
def packed(draw: st.DrawFn, parts: Mapping[str, bytes]) -> bytes:
    """An archive some of whose parts are changed, missing, twice there, or broken."""
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    changed = dict(parts)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(names))
        changed[name] = draw(markup(parts[name]))
    missing = draw(st.sampled_from((None, None, None, *names)))
    twice = draw(st.sampled_from((None, None, None, *names)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in changed.items():
            for _ in range(1 + (name == twice) - (name == missing)):
                with warnings.catch_warnings(action="ignore"):  # a part twice is what is wanted
                    archive.writestr(zipfile.ZipInfo(name), data)
    return draw(raw(file.getvalue())) if draw(st.integers(0, 7)) == 7 else file.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of an archive by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archived(parts: Mapping[str, bytes]) -> bytes:
    """The archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()
