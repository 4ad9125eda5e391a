"""A cross-encoder reads question and passage together and reorders the best hits.

None is bundled; the setting ``reranker`` names one. sentence-transformers' cross-encoders (Nogueira
and Cho, 2019) are slow, so only the first hits are read.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import OptionError
from corpus.types import Passage
from index.types import ScoredPassage, Vector

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class CrossEncoderReranker:
    """Gives each of the best hits the mean of two probabilities: the retriever's and its own.

    Its own are the softmax of the cross-encoder's logits over these hits. The mean needs no scale
    that fits both, which differs from one cross-encoder to the next: with a product, logits of a
    wide range would leave nothing of what the retriever knows (lay wording, preferences).
    """

    #: The retriever rarely has the right one behind these.
    depth = 20

    def __init__(self, model: "CrossEncoder") -> None:
        self._model = model

    def rerank(self, question: str, hits: Sequence[ScoredPassage]) -> tuple[ScoredPassage, ...]:
        """All hits, best first; those beyond ``depth`` keep the scores they came with."""
        from torch import nn

        read, unread = hits[: self.depth], hits[self.depth :]
        if not read:
            return ()
        logits = self._model.predict(
            [(question, readable(hit.passage)) for hit in read],
            activation_fn=nn.Identity(),
            show_progress_bar=False,
        )
        before = np.array([hit.score for hit in read], dtype=np.float32)
        # The probability of the hits that were read is shared out anew among them.
        scores = (before + before.sum() * _softmax(np.asarray(logits, dtype=np.float32))) / 2
        changed = (
            ScoredPassage(hit.passage, float(score))
            for hit, score in zip(read, scores, strict=True)
        )
        return tuple(sorted((*changed, *unread), key=lambda hit: -hit.score))


def readable(passage: Passage) -> str:
    """What the cross-encoder reads: without its title and headings a 款 tells too little."""
    return "\n".join((passage.title, *passage.path, passage.text))


def load_reranker(name: str) -> CrossEncoderReranker:
    """Load a cross-encoder by name or path; OptionError where it cannot be used as one."""
    from safetensors import SafetensorError
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(name)
    except (OSError, ValueError, RuntimeError, ImportError, SafetensorError) as error:
        raise OptionError(
            f"重排模型“{name}”加载失败，请检查 ECOPOLICY_RERANKER 的名称或路径，不用时请清空它。"
        ) from error
    if model.num_labels != 1 or _is_headless(model):
        raise OptionError(
            f"“{name}”不是给问题和条文打分的交叉编码器，请在 ECOPOLICY_RERANKER 换一个，"
            "不用时请清空它。"
        )
    return CrossEncoderReranker(model)


def _is_headless(model: "CrossEncoder") -> bool:
    """Whether the files hold no scoring head: an embedder's, to which random weights were added."""
    names = getattr(model.config, "architectures", None) or ()
    return len(model) == 1 and any(name.endswith(("Model", "ForMaskedLM")) for name in names)


def _softmax(logits: Vector) -> Vector:
    powers: Vector = np.exp(logits - logits.max())
    shares: Vector = powers / powers.sum()
    return shares
