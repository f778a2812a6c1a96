"""Where reports are written block by block: the draft, its figures, its way to signature, the office's own words."""
