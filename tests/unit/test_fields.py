"""Form fields: days day first, Vietnamese numbers, clean text; the fault is told, never guessed away."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from records.fields import DayField, LineField, ProseField, QuantityField


@pytest.mark.parametrize("typed", ["05/03/2022", "5/3/2022", "5-3-2022", "05.03.2022", "2022-03-05", " 5/3/2022 "])
def test_a_day_is_read_day_first(typed):
    assert DayField().clean(typed) == date(2022, 3, 5)


@pytest.mark.parametrize(
    "typed", ["31/02/2022", "3/31/2022", "30/3", "ngày mai", "00/01/2022", "1/1/0022", "5/3/2022\x00x"]
)
def test_a_day_that_is_none_is_refused(typed):
    with pytest.raises(ValidationError):
        DayField().clean(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("25", "25"), ("1.450", "1450"), ("1 450", "1450"), ("93,5", "93.5"), ("1.178.826.623", "1178826623")],
)
def test_a_quantity_is_read_as_officials_write_it(typed, meant):
    assert QuantityField().clean(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["20 hộ", "1.45", "93.5", "-1", "1e3", "٣", "NaN", "5,", ",5", "1.450.00", "9" * 40])
def test_what_is_no_quantity_is_refused(typed):
    with pytest.raises(ValidationError):
        QuantityField().clean(typed)


def test_a_quantity_is_shown_again_as_it_is_written():
    field = QuantityField()
    assert [field.prepare_value(Decimal(value)) for value in ("38.00", "93.50", "1450")] == ["38", "93,5", "1450"]


def test_decomposed_text_is_composed_and_spaces_are_single():
    assert LineField().clean(unicodedata.normalize("NFD", "  Đầm   Hà ")) == "Đầm Hà"


def test_lines_of_prose_stay_apart():
    assert ProseField().clean("một\r\nhai") == "một\nhai"


@pytest.mark.parametrize("field", [LineField, ProseField])
def test_nul_is_refused_and_the_rest_can_be_shown_again(field):
    with pytest.raises(ValidationError):
        field().clean("a\x00b")
    assert field().prepare_value("a\x00b") == "ab"
