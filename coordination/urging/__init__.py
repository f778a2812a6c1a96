"""Urging letters: what an agency that keeps programs writes to one whose tasks are overdue."""
