"""What goes on behind the pages, as whoever looks after the server sees it: the schedule, the queue, letters."""
