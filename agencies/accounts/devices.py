"""What a browser calls itself, in the words people use for it."""

import re

# The first that fits is taken: most browsers also carry the names of those before them in this list's rest.
_BROWSERS = (
    ("Cốc Cốc", r"coc_coc_browser"),
    ("Edge", r"\bEdgA?(iOS)?/"),
    ("Opera", r"\bOPR/|\bOpera/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|CriOS|Chromium)/"),
    ("Safari", r"\bSafari/"),
)
_SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("macOS", r"Macintosh|Mac OS X"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Linux", r"Linux|X11"),
)
_LONGEST_READ = 500


def browser_of(agent: str) -> str:
    """The browser's name, empty when it is none that is known."""
    return _first(_BROWSERS, agent)


def system_of(agent: str) -> str:
    """The name of the device's system, empty when it is none that is known."""
    return _first(_SYSTEMS, agent)


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, sign in known if re.search(sign, agent[:_LONGEST_READ])), "")
