"""Pictures of the guides, taken where a journey stands; only `make pictures` asks for them."""

import os
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

WANTED = "PORTAL_PICTURES"
SIZE = {"width": 1280, "height": 800}
COLOURS = 32


def picture(page: Page, file: str) -> None:
    """Keep what the page shows as a small PNG in the folder that was asked for; otherwise look at nothing."""
    folder = os.environ.get(WANTED)
    if folder:
        page.mouse.move(0, 0)
        page.evaluate("scrollTo(0, 0)")
        seen = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
        few = seen.quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(Path(folder) / Path(file).name, optimize=True)
