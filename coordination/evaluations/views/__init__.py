"""The pages of evaluations."""

from coordination.evaluations.views.concluding import evaluation_conclude, evaluation_correct
from coordination.evaluations.views.forms_of_agencies import evaluation_cross, evaluation_self
from coordination.evaluations.views.keeping import (
    evaluation_change,
    evaluation_close,
    evaluation_open,
    evaluation_verify,
)
from coordination.evaluations.views.reading import (
    evaluation_detail,
    evaluation_differences,
    evaluation_history,
    evaluation_list,
    evaluation_sheet,
)
from coordination.evaluations.views.schemes import (
    scheme_copy,
    scheme_create,
    scheme_detail,
    scheme_edit,
    scheme_list,
)

__all__ = [
    "evaluation_change",
    "evaluation_close",
    "evaluation_conclude",
    "evaluation_correct",
    "evaluation_cross",
    "evaluation_detail",
    "evaluation_differences",
    "evaluation_history",
    "evaluation_list",
    "evaluation_open",
    "evaluation_self",
    "evaluation_sheet",
    "evaluation_verify",
    "scheme_copy",
    "scheme_create",
    "scheme_detail",
    "scheme_edit",
    "scheme_list",
]
