"""Another program on the same machine, asked for the same things in the same run."""
