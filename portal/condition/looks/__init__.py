"""One look at each part of the server; each is a function that yields findings."""
