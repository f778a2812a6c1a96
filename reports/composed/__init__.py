"""Reports an office writes block by block: their rows, the tokens in their text, the figures frozen for them.

Below `documents`, which prints them, and below `composer`, which writes them.
"""
