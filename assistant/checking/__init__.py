"""A text of the user's → its citations, quotations and figures judged as of a day.

text ──citing, quoting, stating──▶ findings ──▶ Report. Nothing of the text is kept.
"""

from assistant.checking.checker import MOST_CHECKED, check_text
from assistant.checking.comparing import Became, Change, Comparison, Difference, compare
from assistant.checking.types import Finding, Report, Verdict

__all__ = [
    "MOST_CHECKED",
    "Became",
    "Change",
    "Comparison",
    "Difference",
    "Finding",
    "Report",
    "Verdict",
    "check_text",
    "compare",
]
