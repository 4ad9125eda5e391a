"""The second reading: a sentence beside what it rests on → whether it stands, and why not."""

from assistant.writing.judging.prompt import JUDGE, POINTS, Verdict, judge_prompt, read_verdicts
from assistant.writing.judging.reasons import reason
from assistant.writing.judging.second_reading import SecondReading

__all__ = [
    "JUDGE",
    "POINTS",
    "SecondReading",
    "Verdict",
    "judge_prompt",
    "read_verdicts",
    "reason",
]
