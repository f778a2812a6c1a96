"""The pages of workbooks: which to take, how to send them back, what was sent."""

from coordination.workbooks.views.files import agency_workbook, program_workbook
from coordination.workbooks.views.home import home

__all__ = ["agency_workbook", "home", "program_workbook"]
