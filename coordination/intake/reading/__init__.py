"""Reading a file into grids of text, and the words of a task table into values; no database."""
