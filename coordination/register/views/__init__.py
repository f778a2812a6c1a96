"""The pages of the register room."""

from coordination.register.views.keeping import (
    number_use,
    number_void,
    register_list,
    series_detail,
    series_explain,
    series_open,
    series_reserve,
)
from coordination.register.views.papers import program_amend, program_issue, program_number

__all__ = [
    "number_use",
    "number_void",
    "program_amend",
    "program_issue",
    "program_number",
    "register_list",
    "series_detail",
    "series_explain",
    "series_open",
    "series_reserve",
]
