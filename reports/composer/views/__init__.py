"""The pages on which reports are written."""

from reports.composer.views.beginning import begin_on_conference, begin_on_program
from reports.composer.views.blocks import report_block, report_block_settle, report_block_words
from reports.composer.views.figures import report_figures
from reports.composer.views.moving import report_approve, report_return, report_submit, report_take_back
from reports.composer.views.parts import report_part_remove, report_parts
from reports.composer.views.reading import report_compose, report_history
from reports.composer.views.templates import report_template, report_templates

__all__ = [
    "begin_on_conference",
    "begin_on_program",
    "report_approve",
    "report_block",
    "report_block_settle",
    "report_block_words",
    "report_compose",
    "report_figures",
    "report_history",
    "report_part_remove",
    "report_parts",
    "report_return",
    "report_submit",
    "report_take_back",
    "report_template",
    "report_templates",
]
