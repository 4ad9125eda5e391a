"""What travels with the repository, made anew after its data changed: vectors, reviewed texts."""

import json
from datetime import date
from pathlib import Path

from assistant.settings import Settings
from assistant.wiring import build_index, open_workspace
from corpus.collections import (
    REVIEWED,
    find_collection,
    lay_id,
    read_matters,
    targets_of,
    text_id,
)
from corpus.loading import load_corpus
from corpus.shipped import write_sums
from index.bundled import TOLD, VECTORS, bundled_path, save_codes, save_vectors
from index.embedders import question_encoder_name
from index.previous import Previous
from index.search import told_entries
from index.types import Progress


def keep_reviewed(settings: Settings) -> int:
    """Keep what the articles say that the bundled matters point to; returns how many."""
    count = 0
    corpus = load_corpus(collections=settings.collections)
    for name in settings.collections:
        folder = find_collection(name)
        texts = {}
        for target in targets_of(read_matters([folder])):
            found = corpus.part_of(target, date.today())
            if found:
                texts[target] = text_id(found[1].text[slice(*found[2])])
        if texts:
            path = Path(str(folder / REVIEWED))
            path.write_text(json.dumps(dict(sorted(texts.items())), indent=0) + "\n", "utf-8")
        count += len(texts)
    return count


def export_vectors(settings: Settings, progress: Progress) -> int:
    """Write the vectors of the bundled corpus to the repository; returns how many."""
    workspace = open_workspace(settings)
    build_index(workspace, progress)
    corpus = workspace.bundled()
    passages = {passage.id for passage in corpus.passages()}
    lay = {lay_id(text) for wording in corpus.lay_wording for text in wording.texts}
    told = {*told_entries(corpus).ids}
    encoder, built = question_encoder_name(), Previous(workspace.folder)
    codes = built.codes(encoder)
    save_codes(encoder, {name: found for name, found in codes.items() if name in passages})
    count = 0
    for file, by, ids in (
        (VECTORS, workspace.embedder.name, lay),
        (TOLD, encoder, passages | told),
    ):
        known = built.vectors(by)
        vectors = {name: vector for name, vector in known.items() if name in ids}
        save_vectors(bundled_path(file), by, vectors)
        count += len(vectors)
    write_sums()
    return count
