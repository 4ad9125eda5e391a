"""How an answer was made, told quietly beside it where it was not made as usual."""

_STANDS = "这里是直接摘自原文的回答。"

#: An article or a validity was asked for: there is nothing to write.
VERBATIM = "条文和效力直接取自原文，没有经过人工智能改写。"
HELD_BACK = f"引用的文件里有像指令的话，没有交给人工智能，{_STANDS}"
NOTHING_STANDS = f"人工智能写的话没有通过核验，{_STANDS}"
#: The model has read whole articles and found nothing that answers.
MISSING = "人工智能读了相近的条文，没有找到回答。"
REPEATS = f"人工智能写的与原文重复，没有另写，{_STANDS}"


def tell(problem: str, has_written: bool, has_repeated: bool) -> str:
    """The note for an answer: what went wrong, or why nothing of the model's stands."""
    if has_written:
        return f"{problem}，后面没有再写。" if problem else ""
    if problem:
        return f"{problem}，{_STANDS}"
    return REPEATS if has_repeated else NOTHING_STANDS
