"""A short run of the fuzzing of each reader, the same each time; ``make fuzz`` is the long one."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from corpus.collections import parse_matters, read_collection
from corpus.errors import CollectionError, CorpusError, DocumentError
from tests.corpus.readers.fuzzing.checking import check, check_refusal
from tests.corpus.readers.fuzzing.seeds import READERS


@pytest.mark.parametrize("reader", READERS)
def test_a_whole_document_or_one_sentence_comes_of_it(reader: str, tmp_path: Path) -> None:
    suffix, strategy = READERS[reader]
    path = tmp_path / f"given{suffix}"

    @settings(
        max_examples=8,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy())
    def read(data: bytes) -> None:
        path.write_bytes(data)
        check(path)

    read()


def test_a_fault_of_our_own_is_told_from_a_broken_file() -> None:
    refused = DocumentError("文件已损坏，请重新取得。")
    check_refusal(refused)
    with pytest.raises(AssertionError):
        check_refusal(DocumentError("not Chinese。"))
    with pytest.raises(AssertionError):
        check_refusal(DocumentError("文件已损坏，\n请重新取得。"))


@pytest.mark.parametrize(
    "text",
    [
        f'kind = "policy"\n{"issuer" * 90} = "x"\n',
        'kind = "policy"\n"a\\nb" = "x"\n',
        f"kind = {'[' * 3000}{']' * 3000}\n",
    ],
)
def test_a_collection_file_is_refused_in_one_short_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "collection.toml").write_text(text, "utf-8")
    with pytest.raises(CollectionError) as refused:
        read_collection(tmp_path)
    check_refusal(refused.value)


@pytest.mark.parametrize(
    "text", [f"matter = {'[' * 3000}{']' * 3000}", f"[[matter]]\n{'a' * 900} = 1\n"]
)
def test_a_file_of_matters_is_refused_in_one_short_sentence(text: str) -> None:
    with pytest.raises(CorpusError) as refused:
        parse_matters(text, "x.toml")
    check_refusal(refused.value)
