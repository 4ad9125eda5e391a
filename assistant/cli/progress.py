"""The progress bar of a first index, and of other work that takes long."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn


class ProgressBar:
    """A bar on stderr, shown from the first report on."""

    def __init__(self, title: str = "建立索引") -> None:
        self._bar = Progress(
            TextColumn(title),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f}%"),
            TextColumn("预计还需"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task = self._bar.add_task("index", total=None)

    def __call__(self, done: int, total: int) -> None:
        """Report that ``done`` of ``total`` (characters to embed, articles to word) are done."""
        self._bar.start()
        self._bar.update(self._task, completed=done, total=total)
        if done >= total:
            self._bar.stop()
