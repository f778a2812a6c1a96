"""Anybody who holds a paper asks whether it stands: by its code, by its file."""
