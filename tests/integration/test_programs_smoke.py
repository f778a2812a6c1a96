import pytest
from coordination.programs.models import Program
from tests.factories.programs import *
from django.urls import reverse
pytestmark = pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_pages(sign_in, state):
    p = make_program(state)
    s = secretary_of(p.drafting_agency)
    c = sign_in(s)
    for name in ("program-detail","program-edit","program-signing","program-documents","program-history","program-tasks","program-section-add"):
        r = c.get(reverse(f"coordination:{name}", args=[p.slug]))
        print(name, r.status_code)
        assert r.status_code in (200,302)
    r=c.get(reverse("coordination:program-list")); assert r.status_code==200
    r=c.get(reverse("coordination:program-create")); assert r.status_code==200
