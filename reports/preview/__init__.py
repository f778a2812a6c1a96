"""Papers on the screen before they are printed: the same words, templates and measures, to scale."""
