"""``python -m assistant`` is ``ecopolicy``."""

from assistant.cli.commands import main

main()
