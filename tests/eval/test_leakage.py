"""Evaluation questions must not stand in what is indexed, or the evaluation measures copying."""

import re
from collections import Counter, defaultdict

import pytest

from corpus.catalog import Corpus
from corpus.language.text import fold
from eval.examples import read_rows
from eval.metrics import Question
from eval.runner import load_questions

_MAX_JACCARD = 0.5
_MAX_RUN = 8

#: These name an article or quote it on purpose.
_QUOTING = {"lookup", "repealed", "correct"}

_REFERENCE = re.compile(
    r"第[零〇一二三四五六七八九十百千两0-9]+[条章节款项编](?:之[一二三四五六七八九十])?"
)
_MARKS = re.compile(r"[\W_]+")


def squeeze(text: str) -> str:
    return _MARKS.sub("", fold(text))


def bigrams(text: str) -> frozenset[str]:
    letters = squeeze(text)
    return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))


def wording_without_names(question: str, names: list[str]) -> list[str]:
    """The pieces of a question between titles and article numbers, without marks."""
    pieces = [fold(question)]
    for name in names:
        pieces = [part for piece in pieces for part in piece.split(name)]
    return [squeeze(part) for piece in pieces for part in _REFERENCE.split(piece)]


def longest_shared_run(piece: str, text: str) -> str:
    best = ""
    for start in range(len(piece)):
        while (end := start + len(best) + 1) <= len(piece) and piece[start:end] in text:
            best = piece[start:end]
    return best


def near_copies(questions: list[Question], lay: dict[str, str]) -> list[str]:
    """One line for each turn that is a near copy of one of the ``lay`` texts (text → key)."""
    grams = {text: bigrams(text) for text in lay}
    holders: dict[str, list[str]] = defaultdict(list)
    for text, found in grams.items():
        for gram in found:
            holders[gram].append(text)
    lines = []
    # A long conversation is graded at every turn: each turn stands in many questions.
    turns = {turn: q.id for q in questions for turn in q.turns or (q.question,)}
    for turn, name in turns.items():
        own = bigrams(turn)
        shared = Counter(text for gram in own for text in holders.get(gram, ()))
        for text, count in shared.items():
            jaccard = count / (len(own) + len(grams[text]) - count)
            if jaccard > _MAX_JACCARD:
                lines.append(f"{name}「{turn}」≈「{text}」（{lay[text]}，{jaccard:.2f}）")
    return lines


def copied_runs(questions: list[Question], corpus: Corpus) -> list[str]:
    """One line for each turn that shares a long run of characters with a gold article."""
    texts: dict[str, list[str]] = defaultdict(list)
    for document in corpus.documents:
        for article in document.articles:
            texts[article.key].append(squeeze(article.text))
    names = sorted(map(fold, corpus.names), key=len, reverse=True)
    lines = []
    for question in questions:
        for turn in question.turns or (question.question,):
            runs = (
                (longest_shared_run(piece, text), key)
                for piece in wording_without_names(turn, names)
                for key in question.gold
                for text in texts[key]
            )
            run, key = max(runs, key=lambda pair: len(pair[0]), default=("", ""))
            if len(run) > _MAX_RUN:
                lines.append(f"{question.id}「{turn}」与 {key} 共有「{run}」")
    return lines


def test_no_question_is_a_near_copy_of_indexed_lay_wording(corpus: Corpus) -> None:
    lay = {text: wording.key for wording in corpus.lay_wording for text in wording.texts}
    lay |= {
        text: matter.id
        for matter in corpus.matters
        for text in (*matter.tellings, *matter.unlike, *(t for a in matter.ask for t in a.asked))
    }
    lay |= {text: known.title for known in corpus.not_loaded.values() for text in known.asked}
    questions = [q for q in load_questions() if q.category not in _QUOTING]
    assert near_copies(questions, lay) == []


@pytest.mark.parametrize(
    "name", ["near_misses.jsonl", "out_of_scope.jsonl", "outside.jsonl", "spoken.jsonl"]
)
def test_no_question_is_a_near_copy_of_what_the_decision_learns_from(name: str) -> None:
    examples = {line["question"]: name for line in read_rows(name)}
    assert near_copies(load_questions(), examples) == []


def test_no_question_copies_its_gold_article(corpus: Corpus) -> None:
    questions = [q for q in load_questions() if q.category in {"law", "dialog"}]
    assert copied_runs(questions, corpus) == []


def test_copies_are_found(corpus: Corpus) -> None:
    wording = corpus.lay_wording[0]
    text = next(a.text for d in corpus.documents for a in d.articles if a.key == wording.key)
    lay = {wording.questions[0]: wording.key}
    copied = Question("1", f"{wording.questions[0]}？", (wording.key,), "answer")
    quoting = Question("2", f"请问，{text[:20]}", (wording.key,), "answer")
    assert len(near_copies([copied, quoting], lay)) == 1
    assert len(copied_runs([copied, quoting], corpus)) == 1


def test_titles_and_numbers_do_not_count() -> None:
    pieces = wording_without_names("按《水污染防治法》第八十三条，怎么罚？", ["水污染防治法"])
    assert [piece for piece in pieces if piece] == ["按", "怎么罚"]
    assert longest_shared_run("排污口怎么设", "入河排污口怎么办") == "排污口怎么"
