import pytest
from tests.factories.programs import make_program
from tests.factories.tasks import *
pytestmark = pytest.mark.django_db

def test_smoke(sign_in):
    program = make_program("signed")
    t = make_task(program, "awaiting", coordinators=())
    t2 = make_task(program, "in_progress", due_on=date(2022,3,15), title="Hai")
    o = official_of(t.roles.first().agency)
    c = sign_in(o)
    for u in ["/viec-cua-toi/","/nhiem-vu/","/nhiem-vu/tao/",f"/nhiem-vu/{t.slug}/",f"/nhiem-vu/{t2.slug}/",f"/nhiem-vu/{t2.slug}/sua/",f"/nhiem-vu/{t2.slug}/tien-do/"]:
        r=c.get(u); print(u,r.status_code); assert r.status_code==200, u
