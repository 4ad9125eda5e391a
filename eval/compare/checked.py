"""How many of the drafts' faults a check finds, and what else it takes for one."""

import argparse
from collections import Counter

from rich.console import Console
from rich.table import Table

from corpus.loading import load_corpus
from eval.drafts import Judged, judge_drafts, load_drafts


def main() -> None:
    """Print faults found and false alarms by kind, for both splits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missed", choices=("dev", "test"), help="also print what was missed")
    chosen = parser.parse_args()
    corpus = load_corpus()
    drafts = load_drafts(corpus)
    for split in ("dev", "test"):
        judged = list(judge_drafts([d for d in drafts if d.split == split], corpus))
        table = Table("", "of", "found wrong", title=split)
        for is_fault in (True, False):
            rows = [j for j in judged if j.mark and j.mark.is_fault is is_fault]
            total = Counter(j.mark.kind for j in rows if j.mark)
            hit = Counter(j.mark.kind for j in rows if j.mark and j.finding)
            for kind, count in total.items():
                table.add_row(
                    f"{'fault' if is_fault else 'sound'}: {kind}", str(count), str(hit[kind])
                )
            share = sum(hit.values()) / max(1, sum(total.values()))
            table.add_row(
                "[b]all[/b]", str(sum(total.values())), f"{sum(hit.values())} ({share:.3f})"
            )
        table.add_row("where nothing is marked", "", str(sum(j.mark is None for j in judged)))
        Console().print(table)
        if chosen.missed == split:
            for one in judged:
                if one.mark is None or one.mark.is_fault is (one.finding is None):
                    _print(one)


def _print(one: Judged) -> None:
    place = one.mark or one.finding
    assert place is not None
    text = one.draft.text
    around = f"{text[max(0, place.start - 50) : place.start]}【{text[place.start : place.end]}】"
    kind = one.mark.kind if one.mark else "-"
    says = one.finding.says if one.finding else ""
    Console().print(one.draft.id, kind, around + text[place.end : place.end + 30], says)


if __name__ == "__main__":
    main()
