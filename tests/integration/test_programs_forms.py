"""Bad input: a sentence beside the field, what was typed kept, nothing half saved, never a failure."""

import unicodedata

import pytest
from django.urls import reverse

from agencies.access.enums import Role
from agencies.models import Agency
from coordination.programs import services as programs
from coordination.programs.enums import ProgramState
from coordination.programs.forms.facts import stored_facts
from coordination.programs.models import Program, SignatureSlot
from coordination.programs.queries import signing_stand
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from tests.factories.people import make_agency, make_member, make_unit
from tests.factories.programs import advance, agree, make_parties, make_program, secretary_of

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n%%EOF\n"
HUGE_NUMBER = "9" * 40


def url(name, program, *args):
    return reverse(f"coordination:{name}", args=[program.slug, *args])


@pytest.fixture
def unit():
    return make_unit("DH")


@pytest.fixture
def parties(unit):
    return make_parties(unit, 3)


@pytest.fixture
def secretary(parties):
    return secretary_of(parties[0])


@pytest.fixture
def client(sign_in, secretary):
    return sign_in(secretary)


def typed(agencies, **changes) -> dict:
    """A create form filled in well, with some fields changed; None leaves a field out."""
    fields = {
        "title": "Chương trình phối hợp công tác năm 2022",
        "short_title": "Phối hợp công tác 2022",
        "kind": "program",
        "year": "2022",
        "period_start": "01/01/2022",
        "period_end": "31/12/2022",
        "parties": [str(agency.pk) for agency in agencies],
        "lead": str(agencies[0].pk),
        "drafting_agency": str(agencies[0].pk),
        "based_on": "",
        "continues": "",
        "place": "Đầm Hà",
        "document_symbol": "",
    }
    return {name: value for name, value in {**fields, **changes}.items() if value is not None}


def post_create(client, fields):
    return client.post(reverse("coordination:program-create"), fields)


def test_create_opens_the_draft(client, parties, secretary):
    response = post_create(client, typed(parties, title=unicodedata.normalize("NFD", "Phối hợp  công tác")))
    program = Program.objects.get()
    assert response.headers["Location"] == url("program-edit", program)
    assert (program.code, program.title, program.place) == ("DH-2022-01", "Phối hợp công tác", "Đầm Hà")
    assert [party.agency for party in program.parties.all()] == parties
    assert program.parties.get(is_lead=True).agency == parties[0]
    assert AuditEntry.objects.get(action=AuditAction.CREATED, object_id=program.pk, unit_id=program.unit_id)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"title": ""}, ["title"]),
        (
            {"title": None, "short_title": None, "parties": None, "lead": None},
            ["title", "short_title", "parties", "lead"],
        ),
        ({"title": "a\x00b"}, ["title"]),
        ({"title": "Đ" * 100_000}, ["title"]),
        ({"title": "\u202eab"}, ["title"]),
        ({"short_title": "Đ" * 121}, ["short_title"]),
        ({"kind": "letter"}, ["kind"]),
        ({"year": "1999"}, ["year"]),
        ({"year": "2101"}, ["year"]),
        ({"year": "hai"}, ["year"]),
        ({"year": HUGE_NUMBER}, ["year"]),
        ({"year": "2023"}, ["period_start"]),
        ({"period_end": "31/12/2021"}, ["period_end"]),
        ({"period_end": "31/02/2022"}, ["period_end"]),
        ({"period_start": "2022\x00"}, ["period_start"]),
        ({"period_start": "01/01/0001"}, ["period_start"]),
        ({"lead": ""}, ["lead"]),
        ({"lead": HUGE_NUMBER}, ["lead"]),
        ({"parties": ["x"]}, ["parties"]),
        ({"parties": [HUGE_NUMBER]}, ["parties"]),
        ({"parties": ["0"]}, ["parties"]),
        ({"based_on": "77777"}, ["based_on"]),
        ({"continues": "\x00"}, ["continues"]),
        ({"drafting_agency": "77777"}, ["drafting_agency"]),
        ({"document_symbol": "K" * 61}, ["document_symbol"]),
    ],
)
def test_create_refuses_at_the_field_and_keeps_what_was_typed(client, parties, changes, fields):
    response = post_create(client, typed(parties, **changes))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == fields
    assert not Program.objects.exists()
    if "short_title" not in changes:
        assert 'value="Phối hợp công tác 2022"' in response.content.decode()


@pytest.mark.parametrize(
    ("choose", "field"),
    [
        (lambda parties: {"parties": [parties[0].pk]}, "parties"),
        (lambda parties: {"lead": parties[2].pk, "parties": [parties[0].pk, parties[1].pk]}, "lead"),
    ],
)
def test_create_refuses_impossible_parties(client, parties, choose, field):
    response = post_create(client, typed(parties, **choose(parties)))
    assert response.status_code == 422 and list(response.context["form"].errors) == [field]
    assert not Program.objects.exists()


def test_create_refuses_seventeen_parties(client, unit, secretary):
    many = [*Agency.objects.filter(unit=unit), *(make_agency(unit, f"them-{n}") for n in range(14))]
    response = post_create(client, typed(many))
    assert len(many) == 17 and list(response.context["form"].errors) == ["parties"]


def test_create_refuses_ids_of_another_unit(client, parties):
    stranger = make_agency(make_unit(), "la")
    foreign = make_program("signed", unit=make_unit())
    by_party = post_create(client, typed(parties, parties=[parties[0].pk, stranger.pk]))
    by_program = post_create(client, typed(parties, continues=foreign.pk, based_on=foreign.pk))
    by_drafter = post_create(client, typed(parties, drafting_agency=stranger.pk))
    assert list(by_party.context["form"].errors) == ["parties"]
    assert list(by_program.context["form"].errors) == ["based_on", "continues"]
    assert list(by_drafter.context["form"].errors) == ["drafting_agency"]
    assert foreign.code not in by_program.content.decode()
    assert not Program.objects.filter(unit=parties[0].unit).exists()


def test_offices_are_not_offered_as_parties(sign_in, unit, parties):
    office = make_agency(unit, "van-phong", serves=[parties[0]], kind="office")
    form = sign_in(make_member(office, Role.SECRETARY)).get(reverse("coordination:program-create")).context["form"]
    assert list(form.fields["parties"].queryset) == parties
    assert set(form.fields["drafting_agency"].queryset) == {office, parties[0]}


@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.LEADER, Role.ORGANISER, Role.UNIT_ADMIN, Role.SYSTEM_ADMIN])
def test_crafted_create_of_another_role_is_refused_and_told(sign_in, parties, role):
    response = post_create(sign_in(make_member(parties[0], role)), typed(parties))
    assert response.status_code == 403 and not Program.objects.exists()
    assert AuditEntry.objects.order_by("-sequence").first().action == AuditAction.REFUSED


def edit_fields(program, **changes) -> dict:
    """The edit form as a browser would send it back untouched, with some fields changed."""
    facts = stored_facts(program)
    sent = {name: "" if value is None else value for name, value in facts.items()}
    sent |= {
        "parties": [agency.pk for agency in facts["parties"]],
        "lead": facts["lead"].pk,
        "period_start": facts["period_start"].strftime("%d/%m/%Y"),
        "period_end": facts["period_end"].strftime("%d/%m/%Y"),
    }
    return sent | changes


def test_edit_saves_facts_parties_and_bases_together(client, parties):
    program = make_program(agencies=parties)
    fields = edit_fields(
        program,
        title="Tên mới",
        legal_bases="Luật A;\r\n\r\n  Luật  B.",
        parties=[parties[1].pk, parties[2].pk],
        lead=parties[1].pk,
    )
    assert client.post(url("program-edit", program), fields).status_code == 302
    program = Program.objects.get()
    assert program.title == "Tên mới"
    assert [basis.text for basis in program.legal_bases.all()] == ["Luật A;", "Luật B."]
    assert [party.agency for party in program.parties.all()] == parties[1:]


def test_edit_with_one_bad_field_saves_nothing(client, parties):
    program = make_program(agencies=parties)
    fields = edit_fields(program, title="Tên mới", legal_bases="Luật A;\n" + "Đ" * 501)
    response = client.post(url("program-edit", program), fields)
    assert response.status_code == 422 and list(response.context["form"].errors) == ["legal_bases"]
    assert "Tên mới" in response.content.decode()
    again = Program.objects.get()
    assert (again.title, again.revision, again.legal_bases.count()) == (program.title, program.revision, 0)


def test_stale_edit_shows_both_texts_and_can_be_saved_again(client, parties, secretary):
    program = make_program(agencies=parties)
    fields = edit_fields(program, title="Tên của tôi")
    programs.edit_program(program, actor=secretary, revision=program.revision, title="Tên của người khác")
    response = client.post(url("program-edit", program), fields)
    page = response.content.decode()
    assert response.status_code == 409 and "Tên của tôi" in page and "Tên của người khác" in page
    assert Program.objects.get().title == "Tên của người khác"
    assert [(one.mine, one.theirs) for one in response.context["differences"]] == [
        ("Tên của tôi", "Tên của người khác")
    ]
    again = response.context["form"]["revision"].value()
    assert client.post(url("program-edit", program), {**fields, "revision": again}).status_code == 302
    assert Program.objects.get().title == "Tên của tôi"


def test_edit_after_the_state_moved_on_keeps_the_text(client, parties):
    program = make_program(agencies=parties)
    fields = edit_fields(program, title="Tên của tôi")
    advance(program, "signing")
    response = client.post(url("program-edit", program), fields)
    assert response.status_code == 409 and "Tên của tôi" in response.content.decode()
    assert response.context["form"] is None and Program.objects.get().title == program.title


def test_section_is_added_changed_and_kept_on_conflict(client, parties, secretary):
    program = make_program(agencies=parties)
    parent = program.sections.get(numbering="I")
    added = client.post(
        url("program-section-add", program),
        {"parent": parent.pk, "numbering": "1", "heading": "", "body": "Đoạn một.\r\n\r\nĐoạn hai."},
    )
    section = program.sections.get(body="Đoạn một.\n\nĐoạn hai.")
    assert added.status_code == 302 and section.parent == parent
    edit = url("program-section-edit", program, section.pk)
    stale = {"numbering": "1", "heading": "", "body": "Bản của tôi", "revision": section.revision}
    programs.edit_section(section, actor=secretary, revision=1, numbering="1", heading="", body="Bản khác")
    conflict = client.post(edit, stale)
    page = conflict.content.decode()
    assert conflict.status_code == 409 and "Bản của tôi" in page and "Bản khác" in page
    assert client.post(edit, {**stale, "revision": 2}).status_code == 302
    section.refresh_from_db()
    assert section.body == "Bản của tôi"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"numbering": "I", "heading": "", "body": ""}, "heading"),
        ({"numbering": "x" * 21, "heading": "A", "body": ""}, "numbering"),
        ({"numbering": "", "heading": "A\x00", "body": ""}, "heading"),
        ({"numbering": "", "heading": "A", "body": "Đ" * 100_000}, "body"),
        ({"numbering": "", "heading": "A", "body": "", "parent": "77777"}, "parent"),
        ({"numbering": "", "heading": "A", "body": "", "parent": HUGE_NUMBER}, "parent"),
    ],
)
def test_bad_section_is_refused_at_the_field(client, parties, fields, wrong):
    program = make_program(agencies=parties)
    response = client.post(url("program-section-add", program), fields)
    assert response.status_code == 422 and list(response.context["form"].errors) == [wrong]
    assert program.sections.count() == 3


def test_section_of_another_program_is_not_found(client, parties):
    program, other = make_program(agencies=parties), make_program(agencies=parties)
    assert client.get(url("program-section-edit", program, other.sections.first().pk)).status_code == 404
    assert client.get(url("program-section-edit", program, 2**62)).status_code == 404


def step(client, program, name, **fields):
    prefixed = {f"{name}-{field}": value for field, value in fields.items()}
    return client.post(url("program-step", program), {"step": name, **prefixed})


def test_steps_lead_from_draft_to_signing(client, parties):
    program = make_program("consulting", agencies=parties)
    ended = step(client, program, "end_comments")
    agree(program)
    taken = [
        ended,
        step(client, program, "settle"),
        step(client, program, "reopen", reason="Sửa theo ý kiến"),
        step(client, program, "settle"),
        step(client, program, "lock_for_signing"),
    ]
    assert [response.status_code for response in taken] == [302] * 5
    assert taken[-1].headers["Location"] == url("program-signing", program)
    assert Program.objects.get().state == ProgramState.SIGNING


@pytest.mark.parametrize(
    ("name", "fields", "state"),
    [
        ("send_for_comments", {"until": "04/4/2022"}, "draft"),
        ("cancel", {"reason": "  "}, "draft"),
        ("supersede", {"by": "1"}, "signed"),
        ("reopen", {"reason": "  "}, "agreed"),
        ("reopen", {"reason": "a\x00"}, "agreed"),
        ("sign_by_all", {}, "signing"),
        ("", {}, "draft"),
        ("\x00", {}, "draft"),
    ],
)
def test_bad_step_is_refused_on_the_drafting_page(client, parties, name, fields, state):
    program = make_program(state, agencies=parties)
    response = step(client, program, name, **fields)
    assert response.status_code == 422 and response.context["failed"].errors
    assert Program.objects.get().state == program.state


def test_step_says_what_is_missing(client, parties):
    program = make_program("revising", agencies=parties)
    response = step(client, program, "settle")
    assert response.status_code == 422 and response.context["failed"].non_field_errors()
    assert Program.objects.get().state == ProgramState.REVISING


def test_step_of_a_stale_page_is_a_conflict(client, parties):
    program = make_program("agreed", agencies=parties)
    assert step(client, program, "settle").status_code == 409
    assert Program.objects.get().state == ProgramState.AGREED


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.LEADER, Role.OFFICIAL])
def test_crafted_posts_of_another_party_are_refused_and_told(sign_in, parties, role):
    program = make_program("consulting", agencies=parties)
    client = sign_in(make_member(parties[1], role))
    section = program.sections.first()
    answers = [
        client.post(url("program-edit", program), edit_fields(program, title="Chiếm")),
        client.post(url("program-section-add", program), {"heading": "Chiếm"}),
        client.post(
            url("program-section-edit", program, section.pk), {"heading": "Chiếm", "revision": section.revision}
        ),
        step(client, program, "settle"),
        client.post(url("program-number", program), {"number": "1", "symbol": "X"}),
    ]
    assert [response.status_code for response in answers] == [403] * 5
    assert AuditEntry.objects.filter(action=AuditAction.REFUSED).count() == 5
    again = Program.objects.get()
    assert (again.title, again.state, again.revision) == (program.title, program.state, program.revision)
    assert again.document_number is None and again.sections.count() == 3


def test_crafted_posts_of_strangers_find_nothing(sign_in, unit, parties):
    program = make_program("signing", agencies=parties)
    slot = signing_stand(program).slots[0]
    for agency in (make_agency(unit, "ngoai"), make_agency(make_unit(), "la")):
        client = sign_in(make_member(agency, Role.SECRETARY))
        answers = [
            client.post(url("program-edit", program), {}),
            step(client, program, "reopen", reason="x"),
            client.post(url("program-sign", program, slot.pk), {f"sign-{slot.pk}-signed_on": "30/3/2022"}),
            client.post(url("program-return", program, slot.pk), {f"return-{slot.pk}-reason": "x"}),
            client.get(url("program-signer", program, slot.pk)),
            client.get(url("program-scan", program, slot.pk)),
        ]
        assert [response.status_code for response in answers] == [404] * 6
    assert SignatureSlot.objects.get(pk=slot.pk).state == "awaiting"
