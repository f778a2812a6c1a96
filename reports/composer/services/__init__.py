"""What happens to a report that is written block by block."""

from reports.composer.services.beginning import begin_conference_report, begin_year_report
from reports.composer.services.blocks import add_block, move_block, remove_block, settle_block
from reports.composer.services.figures import refresh_report
from reports.composer.services.moving import approve_report, return_report, submit_report, take_back_report
from reports.composer.services.templates import write_template
from reports.composer.services.writing import choose_words, write_block

__all__ = [
    "add_block",
    "approve_report",
    "begin_conference_report",
    "begin_year_report",
    "choose_words",
    "move_block",
    "refresh_report",
    "remove_block",
    "return_report",
    "settle_block",
    "submit_report",
    "take_back_report",
    "write_block",
    "write_template",
]
