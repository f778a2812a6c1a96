"""A reader who does what a guide says, word for word: presses, fills in, looks for what is quoted."""

import re

from playwright.sync_api import Locator, Page, expect

from portal.guidance import Guide, Run, Step
from tests.browser.pictures import picture

PROOF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LEADS_ON = "one => one.tagName === 'A' || (one.tagName === 'BUTTON' && one.type === 'submit')"


def walk(page: Page, guide: Guide, *, takes_pictures: bool) -> None:
    """From the first step to the last; whoever wrote it is told which step and which words could not be followed."""
    for step in guide.steps:
        been = [page.url]
        for block in step.blocks:
            for run in (run for line in block.lines for run in line):
                try:
                    _follow(page, run)
                except AssertionError as fault:
                    raise AssertionError(f"{guide.title} › {step.heading} › {run.words}: {fault}") from fault
                been.append(page.url)
            if block.kind == "picture" and takes_pictures:
                picture(page, block.file)
        _has_been(step, been)


def _has_been(step: Step, been: list[str]) -> None:
    """What the help page offers as the page of this step is where the step was done."""
    assert any(re.sub(r"^https?://[^/]+", "", url).startswith(step.page) for url in been), f"{step.heading}: {been}"


def _follow(page: Page, run: Run) -> None:
    if run.kind == "seen":
        expect(page.locator("body")).to_contain_text(run.words, ignore_case=True, use_inner_text=True)
    elif run.kind == "label" and run.value:
        _fill(_called(page, run.words, field=True), run.value)
    elif run.kind == "label":
        _press(page, _called(page, run.words, field=False))


def _press(page: Page, found: Locator) -> None:
    """Press it; where it leads to another page, wait for that page, so that nothing is looked for on the one left."""
    if found.evaluate(LEADS_ON):
        page.evaluate("document.documentElement.dataset.left = 'yes'")
    found.click()
    expect(page.locator("html[data-left]")).to_have_count(0)


def _called(page: Page, words: str, *, field: bool) -> Locator:
    """What bears the label: on the page itself before its frame, the very words before words that begin so."""
    for pattern in (rf"^{re.escape(words)}$", rf"^{re.escape(words)}"):
        name = re.compile(pattern)
        for place in (page.get_by_role("main"), page.locator("body")):
            found = _labelled(place, name, field=field).locator("visible=true")
            if found.count():
                return found.first
    found = _labelled(page.locator("body"), re.compile(re.escape(words)), field=field).first
    expect(found, f"“{words}” is not on {page.url}").to_be_visible(timeout=3_000)
    return found


def _labelled(place: Locator, name: re.Pattern[str], *, field: bool) -> Locator:
    if field:
        return place.get_by_label(name)
    pressed = place.get_by_role("link", name=name).or_(place.get_by_role("button", name=name))
    ticked = place.get_by_role("radio", name=name).or_(place.get_by_role("checkbox", name=name))
    return pressed.or_(ticked).or_(place.locator("summary").filter(has_text=name))


def _fill(field: Locator, value: str) -> None:
    tag, kind = field.evaluate("field => [field.tagName, field.type]")
    if tag == "SELECT":
        field.select_option(label=value)
    elif kind == "file":
        field.set_input_files({"name": value, "mimeType": "application/pdf", "buffer": PROOF})
    else:
        field.fill(value)
        if kind == "search":
            field.press("Enter")
