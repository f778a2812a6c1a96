"""The abuse cases 1 to 8, each by its number: what somebody tries who may not, and what must happen.

Cases 9 to 18 are in test_abuse_content, 19 to 31 in test_abuse_accounts.
"""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from agencies.access.enums import Role
from coordination.evaluations import services as evaluations
from coordination.models import Evidence, SignatureSlot, Task
from records.errors import NotAllowed
from records.files.models import StoredFile
from reports.models import IssuedDocument
from tests.factories.stored import path_of
from tests.integration.hostile import Page
from tests.integration.rights.addresses import doors, nowhere
from tests.integration.rights.answers import comparable, difference, text_of_pdf
from tests.integration.rights.refused import TYPED, address, asked, form_of, owned_words, refused, task_of
from tests.integration.rights.world import words_in

pytestmark = pytest.mark.django_db


# 1 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["sua", "tien-do", "gia-han", "xac-nhan"])
def test_abuse_01_a_crafted_edit_of_another_agencys_task(act, world, enter):
    """An official of one party posts what the lead agency's official would: 403, the row as it was, one entry."""
    task = task_of(world.programs["here signed"])
    sent = form_of(enter("party", Role.OFFICIAL), address(task, "sua/"), "title", "lead")
    refused(enter("third", Role.OFFICIAL), "post", address(task, f"{act}/"), sent | {"title": ["Của tôi"]})


# 2 ---------------------------------------------------------------------------------------------------------------


BATCHES = {
    "parties of a program": ("/chuong-trinh/tao/", ("short_title",), "parties", "agencies"),
    "programs of a conference": ("/hoi-nghi/tao/", ("held_on",), "reviews", "programs"),
    "programs to sign": ("/hoi-nghi/tao/", ("held_on",), "signs", "programs"),
    "programs of an evaluation": ("/danh-gia/mo/", ("cut_off_on",), "programs", "programs"),
    "agencies of a conclusion": (None, ("text",), "agencies", "agencies"),
}


@pytest.mark.parametrize("batch", sorted(BATCHES))
def test_abuse_02_a_batch_that_mixes_own_and_foreign_ids(batch, world, enter):
    """The whole batch is refused: nothing of it is saved, not even what was one's own. Own ids alone are taken."""
    page, names, field, kind = BATCHES[batch]
    page = page or f"/hoi-nghi/{world.conferences['here'].slug}/ket-luan/"
    client = enter("drafter")
    form = Page(client.get(page).content.decode()).form_with(*names)
    sent = form.sent() | {name: [value] for name, value in TYPED.items() if name in form.controls}
    own = form.controls[field].offered[:2]
    if page == "/danh-gia/mo/":
        own, sent["year"] = [str(world.programs["older"].pk)], ["2020"]
    sent |= {"lead": own[:1]} if "lead" in form.controls else {}
    foreign = str(world.there.agencies["lead"].pk if kind == "agencies" else world.programs["there signed"].pk)
    mixed = asked(client, "post", page, sent | {field: [*own, foreign]})
    assert (mixed.status, mixed.written) == (422, [])
    alone = asked(client, "post", page, sent | {field: own})
    assert alone.status == 302 and alone.written


def test_abuse_02_marks_for_others_than_ones_peers(world, enter):
    """A cross-evaluation that also grades an agency of another unit: only the parties of one's programs are fields."""
    client = enter("party", Role.OFFICIAL)
    page = "/danh-gia/2022/cheo/"
    foreign = world.there.agencies["lead"].pk
    sent = form_of(client, page, "score_*") | {f"score_{foreign}": ["1"], f"remark_{foreign}": ["Chấm hộ"]}
    given = asked(client, "post", page, sent)
    assert not any(row.agency_id == foreign for row in world.rounds["here"].evaluations.all())
    assert set(given.written) <= {"coordination_evaluation", "coordination_criterionscore"}


# 3 ---------------------------------------------------------------------------------------------------------------


def test_abuse_03_an_id_changed_in_an_address(world, enter):
    """Another unit's program, task or conference answers byte for byte as one that does not exist."""
    client = enter("drafter", there=True)
    program = world.programs["here signed"]
    for route, kwargs in (
        ("coordination:program-detail", {"program": program.slug}),
        ("coordination:program-edit", {"program": program.slug}),
        ("coordination:task-detail", {"task": task_of(program).slug}),
        ("coordination:task-edit", {"task": task_of(program).slug}),
        ("coordination:program-signer", {"program": program.slug, "slot": SignatureSlot.objects.first().pk}),
        ("coordination:program-section-edit", {"program": program.slug, "section": program.sections.first().pk}),
    ):
        door = next(one for one in doors() if one.name == route)
        missing = reverse(route, kwargs=nowhere(door, kwargs))
        for method in ("get", "post"):
            if method == "post" and route.endswith("detail"):
                continue  # these pages take no form
            given = refused(client, method, reverse(route, kwargs=kwargs), {"title": "Của tôi"}, status=404)
            gone = asked(client, method, missing, {"title": "Của tôi"})
            assert comparable(given.response) == comparable(gone.response), difference(given.response, gone.response)


# 4 ---------------------------------------------------------------------------------------------------------------


def test_abuse_04_a_file_by_its_number(world, enter):
    evidence = Evidence.objects.filter(report__task__program=world.programs["here signed"]).first()
    document = IssuedDocument.objects.get(program=world.programs["between two, signed"])
    slot = SignatureSlot.objects.filter(version__program=world.programs["here signed"]).first()
    for client in (enter("sameunit"), enter("drafter", there=True), enter("lead", Role.SYSTEM_ADMIN)):
        refused(client, "get", f"/minh-chung/{evidence.pk}/", status=404)
        refused(client, "get", f"/bao-cao/van-ban/{document.pk}.pdf", status=404)
        refused(client, "get", f"/chuong-trinh/{slot.version.program.slug}/ky-ket/{slot.pk}/ban-quet/", status=404)
    assert asked(enter("party"), "get", f"/minh-chung/{evidence.pk}/").status == 200
    refused(enter("party"), "get", f"/bao-cao/van-ban/{document.pk}.pdf", status=404)


def test_abuse_04_a_file_by_its_name_or_path(world, enter):
    """Files lie outside what is served: no address leads to them but the one that asks who may."""
    file, client = StoredFile.objects.first(), enter("party")
    relative = path_of(file).relative_to(settings.MEDIA_ROOT)
    for root in ("media", "files", "static", "static/..", "var/files", "static/%2e%2e/var/files", "minh-chung"):
        for path in (relative, file.name, file.sha256, f"../{relative}"):
            assert asked(client, "get", f"/{root}/{path}").status == 404, (root, path)
    assert not settings.MEDIA_URL.strip("/") and Path(settings.MEDIA_ROOT) not in Path(settings.STATIC_ROOT).parents


# 5 ---------------------------------------------------------------------------------------------------------------


def test_abuse_05_an_agency_that_is_no_party_opens_or_exports_a_draft(world, enter):
    """A coordinator outside finds no draft; a settled text it may read, the paper once all have signed it."""
    pages = ("", "ky-ket/", "van-ban/", "lich-su/", "nhiem-vu/", "soan/")
    for state in ("here draft", "here consulting"):
        program = world.programs[state]
        for client in (enter("helper"), enter("helpbelow"), enter("sameunit")):
            for page in pages:
                refused(client, "get", f"/chuong-trinh/{program.slug}/{page}", status=404)
            refused(client, "get", f"/bao-cao/chuong-trinh/{program.slug}.pdf", status=404)
    for state in ("here agreed", "here signing"):
        refused(enter("helper"), "get", f"/bao-cao/chuong-trinh/{world.programs[state].slug}.pdf", status=403)


def test_abuse_05_after_signing_it_reads_what_was_published_and_no_more(world, enter):
    program = world.programs["here signed"]
    paper = asked(enter("helper"), "get", f"/bao-cao/chuong-trinh/{program.slug}.pdf")
    read = words_in(text_of_pdf(paper.response.content).encode())
    assert owned_words(world, ("program", program.pk)) & read
    pages = [f"/chuong-trinh/{program.slug}/{page}" for page in ("", "ky-ket/", "van-ban/", "lich-su/")]
    seen = set().union(*(words_in(asked(enter("helper"), "get", page).response.content) for page in pages)) | read
    assert not seen & owned_words(world, ("drafting", program.pk))
    party = set().union(*(words_in(asked(enter("party"), "get", page).response.content) for page in pages))
    assert party & owned_words(world, ("drafting", program.pk)), "the parties do read how it came about"


# 6 ---------------------------------------------------------------------------------------------------------------


def test_abuse_06_a_leader_approves_another_agencys_task_or_the_own_one(world, enter):
    task = next(task for task in world.tasks if Task.objects.get(pk=task.pk).state == "awaiting")
    task = Task.objects.select_related("confirming_agency").get(pk=task.pk)
    lead = task.roles.get(kind="lead").agency
    relations = {agency.pk: name for name, agency in world.here.agencies.items()}
    own, confirming = relations[lead.pk], relations[task.confirming_agency_id]
    other = next(name for name in ("lead", "party", "third") if name not in (own, confirming))
    for relation in (own, other):
        given = refused(enter(relation, Role.LEADER), "post", address(task, "xac-nhan/"), {"remark": "Đạt"})
        assert task.confirming_agency.current_short_name in given.response.content.decode()
    assert asked(enter(confirming, Role.LEADER), "post", address(task, "xac-nhan/"), {"remark": "Đạt"}).status == 302


def test_abuse_06_a_leader_judges_for_another_agency_or_concludes_on_the_own_one(world, enter):
    for page in ("tu-danh-gia", "cheo"):
        refused(enter("third", Role.LEADER), "post", f"/danh-gia/2022/{page}/?agency=ben-2", {"score": "99"})
    leader, lead = world.here.members["drafter", Role.LEADER], world.here.agencies["lead"]
    with pytest.raises(NotAllowed, match=lead.current_name):
        evaluations.conclude(world.rounds["here"], actor=leader, agency=lead, grade="Hoàn thành tốt")


# 7 ---------------------------------------------------------------------------------------------------------------


def test_abuse_07_a_secretary_exports_another_units_papers(world, enter):
    client = enter("drafter", there=True)
    program, conference = world.programs["here signed"], world.conferences["here"]
    document = IssuedDocument.objects.get(program=program)
    refused(client, "get", f"/bao-cao/chuong-trinh/{program.slug}.pdf", status=404)
    refused(client, "get", f"/bao-cao/van-ban/{document.pk}.pdf", status=404)
    refused(client, "post", f"/bao-cao/chuong-trinh/{program.slug}/phat-hanh/", status=404)
    own = asked(client, "get", f"/bao-cao/hoi-nghi/{conference.slug}.pdf")  # the same day there is another conference
    words = words_in(text_of_pdf(own.response.content).encode())
    assert not words & owned_words(world, ("conference", conference.pk), ("program", program.pk))


def test_abuse_07_a_batch_holds_only_what_its_reader_may_see(world, enter):
    """Lists that export or print many at once: reports and tasks of a year, whatever is asked for in the address."""
    client = enter("party")
    hidden = ("between two, signed", "between two, draft", "there signed")
    secret = owned_words(world, *(("program", world.programs[name].pk) for name in hidden))
    for page in ("/bao-cao/?year=2022", "/nhiem-vu/", "/nhiem-vu/?program=ra1-2022-10", "/chuong-trinh/?year=2022"):
        assert not words_in(asked(client, "get", page).response.content) & secret, page


def test_abuse_07_nothing_is_packed_together():
    """No route hands out an archive; one that would must first be named here and asked whom its files belong to."""
    assert not [door.name for door in doors() if re.search(r"zip|archive|bundle|batch", door.name)]


# 8 ---------------------------------------------------------------------------------------------------------------


def test_abuse_08_there_is_no_admin_site(world, enter):
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    client = enter("lead", Role.SYSTEM_ADMIN)
    for path in ("/admin/", "/admin/coordination/program/", "/quan-tri/admin/", "/admin/login/"):
        assert asked(client, "get", path).status == 404


def test_abuse_08_a_system_administrator_writes_no_content(world, enter):
    """Every address of content that takes a form refuses it, moves no row and leaves one entry."""
    client, program = enter("lead", Role.SYSTEM_ADMIN), world.programs["here signed"]
    parts = {
        "program": program.slug,
        "task": task_of(program).slug,
        "conference": world.conferences["here"].slug,
        "year": 2022,
        "position": 1,
        "slot": SignatureSlot.objects.filter(version__program=program).first().pk,
        "section": program.sections.first().pk,
    }
    tried = 0
    for door in doors():
        # Units and agencies are the administrators' own work; verifying a paper is anybody's, and writes nothing.
        keeps = door.name.startswith(("coordination:reorganisation", "reports:verify"))
        if keeps or not door.name.startswith(("coordination:", "reports:")) or not set(door.names) <= parts.keys():
            continue
        url = reverse(door.name, kwargs={name: parts[name] for name in door.names})
        given = asked(client, "post", url, {"title": "Quản trị sửa", "step": "close", "reason": "x"})
        assert given.status in (403, 404, 405) and not given.written, (door.name, given.status)
        if given.status != 405:
            refused(client, "post", url, {"title": "Quản trị sửa"}, status=given.status)
            tried += 1
    assert tried > 20


def test_every_case_from_1_to_31_has_its_test():
    """The cases of the threat model by their numbers, in the files named after them."""
    numbers = set()
    for path in Path(__file__).parent.glob("test_abuse_*.py"):
        module = ast.parse(path.read_text(encoding="utf-8"))
        functions = (node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef))
        numbers |= {int(found[1]) for found in (re.match(r"test_abuse_(\d\d)_", name) for name in functions) if found}
    assert sorted(set(range(1, 32)) - numbers) == []
