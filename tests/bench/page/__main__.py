"""`python -m tests.bench.page FIGURES PAGE`: write the page from a run's file of figures."""

import sys
from pathlib import Path

from tests.bench.page.figures import read
from tests.bench.page.writing import page

if __name__ == "__main__":
    with open(sys.argv[1]) as lines:
        Path(sys.argv[2]).write_text(page(read(lines)))
