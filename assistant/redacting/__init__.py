"""What tells who somebody is, taken out of a text.

A reader's words in, the same with 〔姓名〕, 〔电话〕, 〔地址〕 … out.
"""

from assistant.redacting.taking_out import redact

__all__ = ["redact"]
