"""Data of the size of a commune, a province and the country: made in bulk, the same for the same seed.

`python -m tests.bench.data 100000` fills the database DATABASE_URL names. Every row obeys the constraints of its table
(the database itself checks them, foreign keys at the end); the log is chained and sealed as the portal does it. Left
out are signed versions and sections.
"""
