"""What people say: every ask of it is read, and what answers it is there."""

from datetime import date

from corpus.catalog import Corpus
from eval.examples import Spoken, SpokenAsk, load_spoken

_DAY = date(2026, 11, 28)


def test_every_ask_stands_in_its_text_and_is_decided_inside_or_outside():
    for spoken in load_spoken():
        for ask in spoken.asks:
            assert ask.text in spoken.text
            assert bool(ask.by) is not ask.is_outside, spoken.text


def test_what_answers_an_ask_is_in_the_corpus(corpus: Corpus):
    targets = {target for s in load_spoken() for ask in s.asks for target in ask.by}
    assert len(targets) > 1000
    missing = {target for target in targets if corpus.part_of(target, _DAY) is None}
    # Some name a 款 or 项 that the article counts otherwise.
    assert len(missing) < 0.02 * len(targets), sorted(missing)[:20]


def test_asks_are_read_with_what_they_stand_for():
    fine = SpokenAsk("这得罚好多钱", None, ("法#1",), False, ())
    office = SpokenAsk("该找哪个部门反映", None, ("法#2",), False, ())
    text = "隔壁厂子天天放黑烟，这得罚好多钱？该找哪个部门反映？"
    read = list(Spoken(text, (fine, office)).as_read())
    assert [ask for _, ask in read] == [fine, office]
    assert list(Spoken("黑烟 举报", (fine,)).as_read()) == [("黑烟 举报", fine)]
