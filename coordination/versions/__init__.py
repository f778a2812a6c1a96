"""Versions of a program: read as they were, compared clause by clause, and what drifted from the signed one."""
