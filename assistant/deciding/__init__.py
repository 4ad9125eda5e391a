"""Evidence → verdict: answer, or decline and name what is missing."""

from assistant.deciding.confidence import (
    FEATURES,
    Confidence,
    Decision,
    Judgement,
    coverage,
    judge,
    observe,
    refused_path,
)
from assistant.deciding.missing import missing_from, missing_from_policy
from assistant.deciding.outside import (
    find_known,
    name_all,
    tell_hotlines,
    tell_needs,
    tell_unsaid,
)
from assistant.deciding.refusal import (
    is_refused_by_rule,
    opens_no_topic,
    refuse,
    refuse_outright,
    refuse_what_no_text_tells,
    set_aside,
    tell_absent,
)
from assistant.deciding.rows import is_told_by_row
from assistant.deciding.talk import come_first, reply

__all__ = [
    "FEATURES",
    "Confidence",
    "Decision",
    "Judgement",
    "come_first",
    "coverage",
    "find_known",
    "is_refused_by_rule",
    "is_told_by_row",
    "judge",
    "missing_from",
    "missing_from_policy",
    "name_all",
    "observe",
    "opens_no_topic",
    "refuse",
    "refuse_outright",
    "refuse_what_no_text_tells",
    "refused_path",
    "reply",
    "set_aside",
    "tell_absent",
    "tell_hotlines",
    "tell_needs",
    "tell_unsaid",
]
