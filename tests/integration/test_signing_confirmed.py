"""Others confirm what the portal took: poppler, the signing library and the file's own bytes, for few and for many."""

import pytest

from reports.signing.queries import signed_file_of
from tests.checkers.signatures import confirmed, uncovered, unseen
from tests.factories.signing import authority, lay_table, trusting

pytestmark = [pytest.mark.django_db, pytest.mark.on_sqlite]


def must_be_confirmed(content: bytes, prepared: bytes, fields: list[str]) -> None:
    said = confirmed(content, [authority().root.certificate, authority().issuing.certificate])
    assert said.by_library == fields
    assert said.by_poppler == len(fields)
    assert uncovered(content, prepared) == [] and unseen(content) == []


def test_poppler_and_the_library_confirm_all_signatures_of_eight_parties():
    with trusting():
        table = lay_table(8, seals=[1], ranks={1: 2})
        prepared = table.content()
        table.sign_all()
    wanted = [f"ky-{place}" for place in (2, 3, 4, 5, 6, 7, 8, 1)] + ["dau-1"]
    must_be_confirmed(signed_file_of(table.program).content(), prepared, wanted)


@pytest.mark.parametrize(("parties", "seals"), [(2, [1, 2]), (3, [2, 3]), (16, [1, 16])])
def test_few_and_many_sign_the_file_that_was_prepared_for_them(parties, seals):
    with trusting():
        table = lay_table(parties, seals=seals)
        content = prepared = table.content()
        fields = [field.name for field in table.fields()]
        for name in fields:
            content = table.signed(name, content)
    assert len(fields) == parties + len(seals)
    must_be_confirmed(content, prepared, fields)
