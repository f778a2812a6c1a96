"""Load on the served portal: closed loops of clients over loopback, every request on a connection of its own."""
