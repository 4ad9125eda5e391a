"""The child that makes an index: ``python -m assistant.apart.switch``."""

from assistant.apart.job import do_one
from assistant.apart.switching import do_switch

if __name__ == "__main__":
    do_one(do_switch)
