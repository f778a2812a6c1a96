"""The pages of evaluations."""

from coordination.evaluations.views.forms_of_agencies import evaluation_cross, evaluation_self
from coordination.evaluations.views.keeping import evaluation_close, evaluation_finding, evaluation_open
from coordination.evaluations.views.reading import evaluation_detail, evaluation_history, evaluation_list

__all__ = [
    "evaluation_close",
    "evaluation_cross",
    "evaluation_detail",
    "evaluation_finding",
    "evaluation_history",
    "evaluation_list",
    "evaluation_open",
    "evaluation_self",
]
