"""A number is told in lists and to whoever checks a paper exactly as the paper prints it."""

import pytest

from reports.documents.layout_profiles import PROFILES
from reports.documents.papers import Letterhead, PaperDay
from reports.issuing.models import IssuedDocument

JOINED = {"State": ("ND30", "07/CV-BTGHU"), "Party": ("PARTY_36", "07-CV/BTGHU")}


@pytest.mark.parametrize("whose", JOINED)
def test_the_register_of_issued_papers_writes_the_number_as_the_paper_does(whose):
    code, printed = JOINED[whose]
    profile = next(profile for profile in PROFILES.values() if profile.code.upper().replace("-", "_") == code)
    head = Letterhead(
        issuer_lines=("BAN TUYÊN GIÁO",), number=7, symbol="CV-BTGHU", day=PaperDay(2022), profile_code=profile.code
    )
    kept = IssuedDocument(document_number=7, document_symbol=head.printed_symbol)
    assert kept.printed_number == printed
    assert head.number_text.endswith(printed)
