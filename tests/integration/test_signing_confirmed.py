"""Others confirm what the portal took: poppler and the signing library, of a program that eight parties signed."""

import pytest

from reports.signing.queries import signed_file_of
from tests.checkers.signatures import confirmed
from tests.factories.signing import authority, lay_table, trusting

pytestmark = pytest.mark.django_db


def test_poppler_and_the_library_confirm_all_signatures_of_eight_parties():
    with trusting():
        table = lay_table(8, seals=[1], ranks={1: 2})
        table.sign_all()
    content = signed_file_of(table.program).path.read_bytes()
    said = confirmed(content, [authority().root.certificate, authority().issuing.certificate])
    wanted = [f"ky-{place}" for place in (2, 3, 4, 5, 6, 7, 8, 1)] + ["dau-1"]
    assert said.by_library == wanted
    assert said.by_poppler == len(wanted)
