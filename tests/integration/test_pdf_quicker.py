"""What the portal says again of the engine, in fewer steps, answers as the engine does."""

from types import SimpleNamespace

import pydyf
import pytest

from reports.pdf import quicker

pytestmark = pytest.mark.on_sqlite


@pytest.mark.parametrize(
    "item", [b"q", "BT", "", 7, -3, 0.5, 2.0, 0.30000001, 1e-9, True, pydyf.String("a"), pydyf.Array([1, "b", 2.5])]
)
def test_parts_of_a_pdf_are_written_alike(item):
    assert quicker.to_bytes(item) == quicker.own_bytes(item)


@pytest.mark.parametrize(
    "value", ["auto", quicker.Dimension(3, "px"), quicker.Dimension(0, "px"), quicker.Dimension(25, "%"), None]
)
@pytest.mark.parametrize("name", ["min_width", "max_width", "margin_left"])
def test_lengths_are_worked_out_alike(value, name):
    style = {name: value}
    ours, theirs = SimpleNamespace(style=style), SimpleNamespace(style=style)
    quicker.resolve_one_percentage(ours, name, 200)
    quicker.own_percentage(theirs, name, 200)
    assert vars(ours) == vars(theirs)


def test_pages_are_referred_to_alike_as_they_are_added():
    pdf = pydyf.PDF()
    for _number in range(3):
        assert quicker.page_references(pdf) == quicker.own_references.fget(pdf)
        pdf.add_page(pydyf.Dictionary())
    assert quicker.page_references(pdf) == quicker.own_references.fget(pdf) and len(pdf.page_references) == 3
