"""The shape of what comes in about lists of tasks."""

from coordination.lists.forms.acting import FORMS, BulkForm
from coordination.lists.forms.filtering import FilterForm, filters_from, filters_of_view
from coordination.lists.forms.keeping import ViewForm

__all__ = ["FORMS", "BulkForm", "FilterForm", "ViewForm", "filters_from", "filters_of_view"]
