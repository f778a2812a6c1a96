"""Word files out of typed papers."""
