"""Vietnamese text: one form, search without marks, dictionary order."""

import unicodedata

import pytest

from records import text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đầm Hà", "dam ha"),
        (unicodedata.normalize("NFD", "Đầm  Hà "), "dam ha"),
        ("UỶ BAN", "uy ban"),
        ("Ủy ban", "uy ban"),
        ("hoà – hòa", "hoa – hoa"),
        ("Ngô Ưởng, 2022", "ngo uong, 2022"),
    ],
)
def test_search_form_has_no_marks_and_one_case(written, folded):
    assert text.fold(written) == folded


def test_lists_stand_as_in_a_dictionary():
    names = ["Đặng", "Eo", "Dương", "An", "Ân", "Đào", "Ăn", "Dao", "Êm", "Ánh", "Hà Nội", "Hạ Long", "Ha", "Yên"]
    expected = ["An", "Ánh", "Ăn", "Ân", "Dao", "Dương", "Đào", "Đặng", "Eo", "Êm", "Ha", "Hạ Long", "Hà Nội", "Yên"]
    assert sorted(names, key=text.sort_key) == expected


def test_tones_follow_their_order():
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=text.sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_sort_keys_are_digits_that_every_collation_orders_alike():
    assert text.sort_key("Đỗ 1 ☂").isdigit()


@pytest.mark.parametrize("bad", ["a\x00b", "a\ud800", "a\u202eb", "a\u200bb", "\x1b[31m"])
def test_characters_nobody_types_are_found_and_taken_out(bad):
    assert text.has_forbidden(bad)
    assert not text.has_forbidden(text.without_forbidden(bad))


@pytest.mark.parametrize("good", ["Đầm Hà", "hai\ndòng", "m² – “trích”", "100\u00a0%"])
def test_what_officials_type_is_no_fault(good):
    assert not text.has_forbidden(good)


def test_slug_keeps_every_letter():
    assert text.slug("Chương trình Đầm Hà 02/2022") == "chuong-trinh-dam-ha-02-2022"
