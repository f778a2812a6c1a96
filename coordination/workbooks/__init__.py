"""Workbooks of tasks that go out to offices and come back: one for a program, one for an agency."""
