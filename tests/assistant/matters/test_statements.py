"""The matters as data: every statement is carried by what it points to."""

import re
from collections import Counter
from datetime import date

import pytest

from assistant.gate import carries, ground
from assistant.matters import evidence_of
from assistant.types import Draft, DraftSentence, Query
from corpus.catalog import Corpus
from corpus.collections import Matter, Statement
from corpus.loading import load_corpus

TODAY = date(2026, 11, 28)
CORPUS = load_corpus()
#: Whom a matter may concern.
WHO = {"public", "enterprise", "staff"}
#: Both are fined for the same, and not the same.
_EACH = ("个人", "单位")
_FIGURES = re.compile("[0-9〇零一二三四五六七八九十百千万亿]+")
every_matter = pytest.mark.parametrize("matter", CORPUS.matters, ids=lambda m: m.id)


def _is_carried(statement: Statement, corpus: Corpus) -> bool:
    pieces = [evidence_of(target, corpus, TODAY) for target in statement.by]
    evidence = tuple(dict.fromkeys(e for piece in pieces for e in piece))
    return (
        bool(statement.by)
        and all(pieces)
        and carries(statement.text, evidence, corpus, TODAY, is_ours=True)
    )


def test_there_are_as_many_as_are_needed():
    who = Counter(name for matter in CORPUS.matters for name in matter.who)
    assert len(CORPUS.matters) >= 300
    assert min(who["public"], who["enterprise"]) >= 120
    assert who["staff"] >= 60


def test_names_and_texts_are_of_one_matter_each():
    ids = Counter(matter.id for matter in CORPUS.matters)
    assert [name for name, count in ids.items() if count > 1] == []
    texts: dict[str, set[str]] = {}
    for matter in CORPUS.matters:
        for text in (*matter.tellings, *(t for ask in matter.ask for t in ask.asked)):
            texts.setdefault(text, set()).add(matter.id)
    assert [text for text, names in texts.items() if len(names) > 1] == []


@every_matter
def test_what_costs_one_more_than_another_says_whom(matter: Matter):
    """Two statements of an ask never differ in nothing but figures."""
    for ask in matter.ask:
        forms = Counter(_FIGURES.sub("", text) for text in {s.text for s in ask.statement})
        assert [form for form, count in forms.items() if count > 1] == []


@every_matter
def test_a_fine_of_an_ask_that_tells_both_says_whether_it_is_a_person_s(matter: Matter):
    for ask in matter.ask:
        fines = [s for s in ask.statement if s.of in _EACH and "罚款" in s.text]
        if len({s.of for s in fines}) > 1:
            assert [s.text for s in fines if (s.of or "") not in s.text] == []


@every_matter
def test_every_statement_is_carried(matter: Matter):
    statements = [s for ask in matter.ask for s in ask.statement]
    assert [s.text for s in statements if not _is_carried(s, CORPUS)] == []


@every_matter
def test_every_ask_is_answered_or_says_what_decides_it(matter: Matter):
    assert len(matter.tellings) >= 8
    assert matter.ask
    assert set(matter.who) <= WHO
    assert [ask.kind for ask in matter.ask if not ask.statement and not ask.needs] == []
    assert [ask.kind for ask in matter.ask if len(ask.asked) < 3] == []
    nearest = [ask.near for ask in matter.ask if ask.near]
    assert [target for target in nearest if not evidence_of(target, CORPUS, TODAY)] == []


def test_every_statement_is_as_it_was_reviewed():
    targets = {t for m in CORPUS.matters for a in m.ask for s in a.statement for t in s.by}
    assert [t for t in sorted(targets) if not CORPUS.is_as_reviewed(t, TODAY)] == []
    assert targets <= CORPUS.reviewed.keys()


def test_a_statement_whose_article_has_changed_is_not_used():
    matter = next(m for m in CORPUS.matters if m.ask[0].statement)
    target = matter.ask[0].statement[0].by[0]
    changed = Corpus(CORPUS.documents, matters=[matter], reviewed={target: "0" * 12})
    assert not changed.is_as_reviewed(target, TODAY)


def test_a_hedge_does_not_cost_a_statement():
    """A matter's name may say what no source says (「要不要办证」): it is not judged."""
    lost = []
    for matter in CORPUS.matters:
        first = next((s for ask in matter.ask for s in ask.statement if s.by), None)
        if first is None:
            continue
        evidence = tuple(e for t in first.by for e in evidence_of(t, CORPUS, TODAY))
        hedge = f"与您说的最接近的情形是“{matter.name}”："
        draft = Draft((DraftSentence(first.text, evidence, is_ours=True, hedge=hedge),))
        answer = ground(draft, Query("", TODAY), CORPUS, "test")
        if [s.text for s in answer.sentences] != [hedge + first.text]:
            lost.append(matter.name)
    assert lost == []
