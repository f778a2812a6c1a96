"""Reports of the parties: what each party says of its year in a program, from which the lead agency makes its own."""
