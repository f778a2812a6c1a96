"""Starting a program from the one before: what is kept, what is shifted by the calendar, what is dropped, and why."""
