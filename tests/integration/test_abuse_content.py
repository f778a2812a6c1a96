"""The abuse cases 9 to 18, each by its number: what forms, lists and old sessions are tried for."""

import statistics
import time
from datetime import date

import pytest

from agencies.access.enums import Role
from agencies.people import services as people
from coordination.models import Section, SignatureSlot
from coordination.programs import services as programs
from records import clock
from tests.factories.programs import make_program, slot_of
from tests.factories.tasks import make_task
from tests.integration.hostile import Page
from tests.integration.rights.answers import comparable, read_out, text_of_pdf
from tests.integration.rights.merging import merge_agencies
from tests.integration.rights.refused import TYPED, address, asked, form_of, owned_words, refused, taken_back, task_of
from tests.integration.rights.world import words_in

pytestmark = pytest.mark.django_db


# 9 ---------------------------------------------------------------------------------------------------------------


EXTRA = {
    **{key: ["01/01/2020"] for key in ("signed_at", "signed_on", "confirmed_on", "completed_on", "created_at")},
    **{key: ["1"] for key in ("agency", "owner", "unit", "id", "pk", "drafting_agency", "person", "is_staff")},
    **{"status": ["closed"], "state": ["completed"], "score": ["100"], "role": ["leader"], "code": ["X"]},
    **{"ordinal": ["99"], "is_active": [""], "username": ["quan-tri-moi"], "password": ["x"], "is_superuser": ["1"]},
}


def _row(model, pk: int, *free: str) -> dict:
    """A row's columns but for those its form may write."""
    return {name: value for name, value in model.objects.filter(pk=pk).values().get().items() if name not in free}


def test_abuse_09_extra_fields_are_not_stored(world, enter):
    """Columns no form offers keep their values, whatever else is sent along."""
    task, draft = task_of(world.programs["here agreed"]), world.programs["here draft"]
    user = world.here.members["party", Role.OFFICIAL].user
    sent = (
        (enter("party", Role.OFFICIAL), address(task, "sua/"), ("title", "lead"), task, ("revision",)),
        (enter("drafter"), f"/chuong-trinh/{draft.slug}/soan/", ("short_title",), draft, ("revision",)),
        (enter("party", Role.OFFICIAL), "/tai-khoan/", ("theme",), user, ("theme", "language")),
    )
    for client, page, names, row, free in sent:
        with taken_back():
            form = Page(client.get(page).content.decode()).form_with(*names)
            extra = {name: value for name, value in EXTRA.items() if name not in form.controls}
            before = _row(type(row), row.pk, *free)
            assert client.post(page, form.sent() | extra).status_code == 302, page
            assert _row(type(row), row.pk, *free) == before, page


# 10 --------------------------------------------------------------------------------------------------------------


def test_abuse_10_foreign_keys_that_point_into_another_unit(world, enter):
    """Every choice of every form: an id of the other unit is an error of its field, and nothing is saved."""
    here, there = world.here, world.there
    elsewhere = {
        "agency": there.agencies["lead"].pk,
        "program": world.programs["there signed"].pk,
        "section": Section.objects.filter(program=world.programs["there signed"]).first().pk,
        "area": there.unit.areas.first().pk,
        "scheme": there.unit.grading_schemes.first().pk,
        "task": task_of(world.programs["there signed"]).pk,
    }
    conference = f"/hoi-nghi/{world.conferences['here'].slug}"
    task = task_of(world.programs["here agreed"])
    pages = (
        ("drafter", Role.SECRETARY, "/chuong-trinh/tao/", ("short_title",)),
        ("drafter", Role.SECRETARY, f"/chuong-trinh/{world.programs['here draft'].slug}/soan/", ("short_title",)),
        ("party", Role.OFFICIAL, f"/nhiem-vu/tao/?program={world.programs['here agreed'].slug}", ("title", "lead")),
        ("party", Role.OFFICIAL, address(task, "sua/"), ("title", "lead")),
        ("drafter", Role.SECRETARY, "/danh-gia/mo/", ("cut_off_on",)),
        ("drafter", Role.SECRETARY, "/danh-gia/2022/nhan-dinh/ghi/", ("kind", "text")),
        ("drafter", Role.SECRETARY, "/hoi-nghi/tao/", ("held_on",)),
        ("drafter", Role.SECRETARY, f"{conference}/them-muc/", ("title", "kind")),
        ("drafter", Role.SECRETARY, f"{conference}/thanh-phan/", ("group",)),
        ("drafter", Role.SECRETARY, f"{conference}/ket-luan/", ("text",)),
        ("drafter", Role.SECRETARY, f"{conference}/ket-luan/1/nhiem-vu/", ("task",)),
    )
    tried = 0
    for relation, role, page, names in pages:
        client = enter(relation, role)
        form = Page(client.get(page).content.decode()).form_with(*names)
        typed = form.sent() | {name: [value] for name, value in TYPED.items() if name in form.controls}
        for name, control in form.controls.items():
            if not any(value.isdigit() for value in control.offered) or control.kind == "hidden":
                continue
            for foreign in {str(pk) for pk in elsewhere.values()} - set(control.offered):
                given = asked(client, "post", page, typed | {name: [foreign]})
                assert (given.status, given.written) == (422, []), (page, name, foreign, given.status)
                tried += 1
    assert tried > 40 and here.unit != there.unit


# 11 --------------------------------------------------------------------------------------------------------------


def test_abuse_11_management_forms_and_children_of_others(world, enter):
    """No form takes a number of rows from its sender; children are reached through their own parent only."""
    drafter = enter("drafter")
    draft, other = world.programs["here draft"], world.programs["here consulting"]
    many = {"form-TOTAL_FORMS": ["10000"], "form-INITIAL_FORMS": ["9999"], "form-0-id": [str(other.pk)]}
    page = f"/chuong-trinh/{draft.slug}/soan/"
    given = asked(drafter, "post", page, form_of(drafter, page, "short_title") | many)
    assert given.status == 302 and "coordination_section" not in given.written
    assert asked(drafter, "post", page, {f"form-{n}-id": "1" for n in range(2100)}).status == 400
    section = other.sections.first()
    slot = SignatureSlot.objects.filter(version__program=world.programs["here signing"]).first()
    moved = {"numbering": "I", "heading": "Của tôi", "body": "x", "revision": "2", "program": str(draft.pk)}
    taken = asked(drafter, "post", f"{page}muc/{section.pk}/", moved)
    never = asked(drafter, "post", f"{page}muc/999999/", moved)
    # What was typed comes back, as for a section that was deleted; nothing tells that it is somebody else's.
    assert (taken.status, taken.written) == (never.status, never.written) == (409, [])
    assert words_in(taken.response.content) == words_in(never.response.content)
    for act in ("da-ky", "tra-lai", "nguoi-ky"):
        refused(drafter, "post", f"/chuong-trinh/{draft.slug}/ky-ket/{slot.pk}/{act}/", {"x": "1"}, status=404)


def test_abuse_11_points_for_criteria_and_parents_of_others(world, enter):
    client, page = enter("drafter"), f"/chuong-trinh/{world.programs['here draft'].slug}/soan/muc/"
    foreign = world.programs["here consulting"].sections.first()
    sent = {"parent": str(foreign.pk), "numbering": "II", "heading": "Con của người khác", "body": "x"}
    given = asked(client, "post", page, sent)
    assert (given.status, given.written) == (422, [])


# 12 --------------------------------------------------------------------------------------------------------------


def test_abuse_12_sorting_filtering_and_searching_by_hidden_columns(world, enter):
    """What is not on the list of keys changes nothing; a word one may not read finds nothing."""
    client = enter("party")
    plain = comparable(asked(client, "get", "/nhiem-vu/?year=2022").response)
    for key in ("ordering", "sort", "order_by", "fields", "expand"):
        for value in ("user__password", "-by__user__password", "program__title", "password"):
            given = asked(client, "get", f"/nhiem-vu/?year=2022&{key}={value}")
            assert given.status == 200 and b"password" not in given.response.content.replace(value.encode(), b"")
            if key != "sort":
                assert comparable(given.response)[0] == plain[0]
    for key in ("program__title__contains", "note__startswith", "roles__agency__unit", "state__in", "id__gt"):
        assert words_in(asked(client, "get", f"/nhiem-vu/?year=2022&{key}=a").response.content) == words_in(plain[3])


def test_abuse_12_searching_for_what_one_may_not_read(world, enter):
    client = enter("party")
    hidden = owned_words(world, ("program", world.programs["between two, draft"].pk))
    nothing = comparable(asked(client, "get", "/tim-kiem/?q=zzzzzzzzz").response)[3]
    for word in sorted(hidden)[:3]:
        for page in ("/tim-kiem/", "/chuong-trinh/", "/nhiem-vu/", "/co-quan/"):
            given = asked(client, "get", page, {"q": word, "year": "2022"}).response
            assert words_in(given.content) & hidden <= {word}, page
        found = comparable(asked(client, "get", f"/tim-kiem/?q={word}").response)[3]
        assert found.replace(word.encode(), b"") == nothing.replace(b"zzzzzzzzz", b"")


# 13 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "where", ["/tong-quan/?year=2022", "/viec-cua-toi/", "/chuong-trinh/?year=2022", "/nhiem-vu/?year=2022",
             "/danh-gia/", "/danh-gia/2022/", "/hoi-nghi/", "/bao-cao/?year=2022", "/tim-kiem/?q=phoi", "/co-quan/"]
)  # fmt: skip
def test_abuse_13_totals_do_not_move_with_what_is_hidden(where, world, sign_in):
    """A page is the same before and after others write a draft, a program and tasks its reader may not see."""
    readers = [world.here.members[relation, Role.LEADER] for relation in ("party", "sameunit", "below", "above")]
    readers.append(world.there.members["lead", Role.LEADER])
    before = [comparable(sign_in(reader).get(where)) for reader in readers]
    pair = [world.here.agencies["lead"], world.here.agencies["third"]]
    for state in ("draft", "signed"):
        program = make_program(state, agencies=pair, secretary=world.here.secretary)
        make_task(program, lead=pair[0], due_on=date(2022, 3, 29)) if state == "draft" else None
    after = [comparable(sign_in(reader).get(where)) for reader in readers]
    for reader, one, other in zip(readers, before, after, strict=True):
        assert one == other, str(reader)


# 14 --------------------------------------------------------------------------------------------------------------


def test_abuse_14_an_edit_in_a_closed_year(world, enter):
    """Whatever year the address or the form names, a task of a closed program is not written."""
    task = task_of(world.programs["here closed"])
    client = enter("party", Role.OFFICIAL)
    for page in ("sua/", "tien-do/", "gia-han/", "xac-nhan/"):
        for year in ("2022", "2023"):
            refused(client, "post", f"{address(task, page)}?year={year}", {"year": year, "title": "Sửa", "state": "x"})


def test_abuse_14_a_task_moved_into_another_year(world, enter):
    task, other = task_of(world.programs["here agreed"]), world.programs["here closed"]
    client = enter("party", Role.OFFICIAL)
    sent = form_of(client, address(task, "sua/"), "title", "lead")
    given = asked(client, "post", address(task, "sua/"), sent | {"program": [other.slug]})
    assert (given.status, given.written) == (422, [])
    page = f"/nhiem-vu/tao/?program={world.programs['here agreed'].slug}"
    sent = form_of(client, page, "title", "lead") | {"title": ["Việc mới"], "program": [other.slug]}
    given = asked(client, "post", page, sent)
    assert (given.status, given.written) == (422, [])


# 15 --------------------------------------------------------------------------------------------------------------


def test_abuse_15_a_moved_person_uses_old_links_and_the_old_session(world, enter):
    """Rights are computed anew at the next request: the old agency's papers are gone, the history keeps its name."""
    member = world.here.members["third", Role.SECRETARY]
    client, program = enter("third"), world.programs["here signing"]
    draft, task = world.programs["here draft"], task_of(world.programs["here agreed"])
    assert asked(client, "get", f"/chuong-trinh/{draft.slug}/").status == 200
    with taken_back():
        programs.return_version(slot_of(program, member.agency), actor=member, reason="Sai tên")
        administrator, elsewhere = world.here.members["third", Role.SYSTEM_ADMIN], world.here.agencies["sameunit"]
        post = {"role": Role.SECRETARY, "title": "Thư ký", "since": clock.today()}
        people.move_member(member, elsewhere, actor=administrator, **post)
        for page in (f"/chuong-trinh/{draft.slug}/", address(task), f"/bao-cao/chuong-trinh/{draft.slug}.pdf"):
            given = asked(client, "get", page)
            assert (given.status, given.written) == (404, []) and not words_in(given.response.content)
            assert asked(client, "post", page, {"title": "Sửa"}).status in (404, 405)
        told = asked(enter("party"), "get", f"/chuong-trinh/{program.slug}/lich-su/").response.content.decode()
        assert world.here.agencies["third"].current_short_name in told
        assert elsewhere.current_short_name not in told


def test_abuse_15_units_merged_keep_their_people_to_what_is_theirs(world, enter, sign_in):
    """Whoever belonged to a merged agency goes on for its successor alone; the papers signed keep the old name."""
    here = world.here
    old, heir = here.agencies["third"], here.agencies["sameunit"]
    member, program = here.members["third", Role.SECRETARY], world.programs["here signed"]
    client = enter("third")
    with taken_back():
        merge_agencies(here.unit, [old], heir, actor=here.members["party", Role.SYSTEM_ADMIN])
        successor = here.members["sameunit", Role.SECRETARY]
        for who in (client, sign_in(successor)):
            given = asked(who, "get", f"/chuong-trinh/{program.slug}/ky-ket/")
            assert given.status == 200 and old.current_name in given.response.content.decode()
            assert asked(who, "get", f"/chuong-trinh/{world.programs['there signed'].slug}/").status == 404
        acting = type(member).objects.usable_by(member.user, clock.today())
        assert {one.agency_id for one in acting} == {heir.pk}


# 16 --------------------------------------------------------------------------------------------------------------


def test_abuse_16_a_suspended_account_with_a_live_session(world, enter):
    """It is out at its next request, and what it sends is not done."""
    member = world.here.members["drafter", Role.SECRETARY]
    client = enter("drafter")
    page = f"/chuong-trinh/{world.programs['here draft'].slug}/soan/"
    sent = form_of(client, page, "short_title") | {"title": ["Sửa sau khi bị khóa"]}
    with taken_back():
        type(member.user).objects.filter(pk=member.user_id).update(is_active=False)
        for method in ("get", "post"):
            given = asked(client, method, page, sent)
            assert given.status == 302 if method == "get" else given.status in (302, 403)
            assert given.written == [] and not words_in(given.response.content)
        assert asked(client, "get", page).response["Location"].startswith("/dang-nhap/")


# 17 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER, Role.SECRETARY, Role.ORGANISER, Role.UNIT_ADMIN])
def test_abuse_17_somebody_gives_themselves_a_role(role, world, enter):
    """Nobody administers the account they use: not a secretary, and not an administrator either."""
    member, client = world.here.members["drafter", role], enter("drafter", role)
    account = f"/quan-tri/nguoi-dung/{member.user_id}"
    for wanted in ("leader", "unit_admin", "system_admin"):
        sent = {"agency": str(member.agency_id), "role": wanted, "title": "Tự phong", "since": "30/03/2022"}
        refused(client, "post", f"{account}/vai-tro/", sent, status=403)
    refused(client, "post", f"{account}/vai-tro/{member.pk}/chuyen/", sent, status=403)
    refused(client, "post", f"{account}/vai-tro/{member.pk}/ket-thuc/", {"last_day": "30/03/2022"}, status=403)


def test_abuse_17_an_administrator_makes_a_higher_one(world, enter):
    """A unit administrator gives neither the system's role nor one outside the unit, whatever the form is sent."""
    client, page = enter("drafter", Role.UNIT_ADMIN), "/quan-tri/nguoi-dung/moi/"
    form = Page(client.get(page).content.decode()).form_with("username", "role")
    assert "system_admin" not in form.controls["role"].offered
    new = {"full_name": ["Người Mới"], "username": ["nguoi-moi"], "email": ["moi@coquan.example"], "title": ["Mới"]}
    outside = str(world.there.agencies["lead"].pk)
    for wrong in ({"role": ["system_admin"]}, {"agency": [outside]}):
        given = asked(client, "post", page, form.sent() | new | wrong)
        assert given.status in (403, 404, 422) and given.written == [], wrong


# 18 --------------------------------------------------------------------------------------------------------------


def test_abuse_18_titles_in_refusals_mails_and_file_names(world, enter, mailoutbox):
    """A refusal says whom to ask and nothing of what was asked for."""
    program = world.programs["between two, draft"]
    for client in (enter("party"), enter("party", Role.UNIT_ADMIN), enter("drafter", there=True)):
        for method in ("get", "post", "head", "put", "delete"):
            for page in (f"/chuong-trinh/{program.slug}/", f"/bao-cao/chuong-trinh/{program.slug}.pdf"):
                given = asked(client, method, page)
                headers = repr(sorted(given.response.items())).encode()
                assert not words_in(given.response.content + headers), (method, page)
                assert "Content-Disposition" not in given.response
                assert all(not words_in(repr((entry.object_label, entry.after)).encode()) for entry in given.refusals)
    assert not any(words_in((mail.subject + mail.body).encode()) for mail in mailoutbox)


def test_abuse_18_a_papers_metadata_and_name_are_its_own(world, enter):
    program = world.programs["here signed"]
    given = asked(enter("party"), "get", f"/bao-cao/chuong-trinh/{program.slug}.pdf?download=1").response
    owners = {world.words.settled()[word] for word in words_in(text_of_pdf(given.content).encode())}
    tasks = {("task", task.pk) for task in program.tasks.all()}
    assert owners <= {("program", program.pk), *tasks}
    named = words_in(given["Content-Disposition"].encode())
    assert named <= owned_words(world, ("program", program.pk))


def test_abuse_18_a_hidden_object_takes_as_long_as_a_missing_one(world, enter):
    """The median gap lies under 50 ms; asked in turn, so that both meet the same load."""
    client, program = enter("drafter", there=True), world.programs["here signed"]
    hidden, missing = f"/chuong-trinh/{program.slug}/", f"/chuong-trinh/{program.slug[:-2]}99/"
    spent: dict[str, list[float]] = {hidden: [], missing: []}
    for _round in range(15):
        for url, times in spent.items():
            began = time.perf_counter()
            assert read_out(client.get(url)).status_code == 404
            times.append(time.perf_counter() - began)
    assert abs(statistics.median(spent[hidden]) - statistics.median(spent[missing])) < 0.050
