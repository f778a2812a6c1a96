"""The largest consultation there is room for: 16 parties, 40 sections, 300 tasks, 400 comments."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from agencies.access.enums import Role
from coordination.consultation.models import Comment
from coordination.consultation.queries import places_of
from coordination.consultation.queries.page import ROWS_ON_A_PAGE
from reports.documents.comment_table import comment_table
from reports.docx.engine import paper_docx
from tests.factories.consultations import writer_of
from tests.factories.large import COMMENTS, SECTIONS, TASKS, make_large_program, make_large_round

pytestmark = pytest.mark.django_db

# Seven of these are the shell's own: session, device, role, reach, years, the red count, the name of the unit.
TAB_BUDGET, TEXT_BUDGET, FORM_BUDGET = 18, 18, 12


@pytest.fixture
def round(db):
    round = make_large_round(make_large_program())
    assert len(places_of(round.version)) == 1 + SECTIONS + TASKS
    return round


def test_four_hundred_comments_are_read_answered_and_exported(round, sign_in):
    drafter = sign_in(writer_of(round.program.drafting_agency, Role.SECRETARY))
    tab = reverse("coordination:consultation", args=[round.program.slug])
    text = reverse("coordination:consultation-text", args=[round.program.slug, 1])
    form = reverse("coordination:comment-add", args=[round.program.slug, 1])
    drafter.get(tab)
    for address, budget in (
        (tab, TAB_BUDGET),
        (f"{tab}?page=10", TAB_BUDGET),
        (text, TEXT_BUDGET),
        (form, FORM_BUDGET),
    ):
        with CaptureQueriesContext(connection) as seen:
            page = drafter.get(address)
        assert (page.status_code, len(seen) <= budget) == (200, True), (address, len(seen))
    first = drafter.get(tab).content.decode()
    assert first.count("Ý kiến thứ") == ROWS_ON_A_PAGE
    orders = list(Comment.objects.filter(round=round).in_document_order().values_list("place_order", flat=True))
    assert orders == sorted(orders)
    paper = comment_table(round)
    assert len(paper.tables()[1].rows) == COMMENTS
    written = Document(io.BytesIO(paper_docx(paper))).tables[1]
    assert len(written.rows) == COMMENTS + 1
