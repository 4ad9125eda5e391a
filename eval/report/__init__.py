"""Results → figures, comparisons, and reports in Markdown and HTML."""

from eval.report.floors import Floors, load_floors
from eval.report.markdown import plain, render_markdown
from eval.report.page import render_page
from eval.report.report import Report, make_report
from eval.report.statistics import bootstrap_share
from eval.report.summary import Figures, Summary, load_last, measure, summarise

__all__ = [
    "Figures",
    "Floors",
    "Report",
    "Summary",
    "bootstrap_share",
    "load_floors",
    "load_last",
    "make_report",
    "measure",
    "plain",
    "render_markdown",
    "render_page",
    "summarise",
]
