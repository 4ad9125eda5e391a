"""Agreement of the answers to one question in several wordings."""

from eval.compare.agreement import Asked, agree, cited, load_wordings, measure

A, B, NOTHING = frozenset({"法#1"}), frozenset({"法#2"}), frozenset[str]()


def test_answers_agree_that_rest_on_an_article_in_common():
    assert agree(A, A | B)
    assert agree(NOTHING, NOTHING)
    assert not agree(A, B)
    assert not agree(A, NOTHING)


def test_a_refusal_cites_nothing():
    citations = [{"key": "法#1"}]
    assert cited({"outcome": "declined", "citations": citations}) == NOTHING
    assert cited({"outcome": "answered", "citations": citations}) == A


def test_the_shares():
    asked = [Asked("1", ("甲", "乙", "丙"), A), Asked("2", ("丁", "戊", "己"), B)]
    found = measure(asked, [[A, A, A], [B, A, NOTHING]])
    assert found.pairs == 0.5
    assert found.right == 4 / 6
    assert found.whole == 0.5


def test_a_hundred_questions_in_five_wordings_each():
    asked = load_wordings()
    assert len(asked) == 100
    assert {len(question.wordings) for question in asked} == {5}
    texts = [text for question in asked for text in question.wordings]
    assert len(set(texts)) == len(texts)
