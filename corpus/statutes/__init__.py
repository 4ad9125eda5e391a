"""Statutes of the data package, with their repairs, successors and liability links."""

from corpus.statutes.known import KnownDocument, in_marks, read_known
from corpus.statutes.liability import LiabilityLink, LiabilityLinks, load_liability_links
from corpus.statutes.package import (
    Catalog,
    StatuteEntry,
    article_key,
    database_path,
    load_statutes,
    read_catalog,
)
from corpus.statutes.rank import (
    Rank,
    is_of_same_issuer,
    is_rule,
    issuers_of,
    place_of,
    rank_of,
    rank_of_title,
)
from corpus.statutes.shelf import package_repeals, package_titles
from corpus.statutes.successors import Successor, load_successors

__all__ = [
    "Catalog",
    "KnownDocument",
    "LiabilityLink",
    "LiabilityLinks",
    "Rank",
    "StatuteEntry",
    "Successor",
    "article_key",
    "database_path",
    "in_marks",
    "is_of_same_issuer",
    "is_rule",
    "issuers_of",
    "load_liability_links",
    "load_statutes",
    "load_successors",
    "package_repeals",
    "package_titles",
    "place_of",
    "rank_of",
    "rank_of_title",
    "read_catalog",
    "read_known",
]
