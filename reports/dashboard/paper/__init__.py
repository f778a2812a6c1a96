"""The dashboard on paper and in a workbook: the same figures, out of the same count as the page."""
