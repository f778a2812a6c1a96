"""What an evaluation found, and what is done about it: remedied by a task, or waived with a reason."""
