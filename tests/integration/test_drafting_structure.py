"""Sections put in order, taken away and pasted; orders apart from the text; each act audited and refused when stale."""

import pytest

from coordination.consultation.queries import places_of
from coordination.drafting import pasting
from coordination.drafting import services as drafting
from coordination.drafting.models import PastedText, SectionDraft
from coordination.drafting.queries import number_after
from coordination.programs import services as programs
from coordination.programs.models import Program
from coordination.programs.queries import history_of, outline_of
from records.audit.queries import entries_about
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.factories.consultations import answer_all, close, make_comment, make_round
from tests.factories.people import make_member
from tests.factories.programs import advance, make_program, secretary_of
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def drawn_up(ground) -> int:
    return make_program().pk


@pytest.fixture
def program(drawn_up):
    return Program.objects.get(pk=drawn_up)


@pytest.fixture
def secretary(program):
    return secretary_of(program.drafting_agency)


def outline(program) -> list[str]:
    return [
        f"{'.' * (entry.depth - 1)}{entry.section.numbering}"
        for entry in outline_of(type(program).objects.get(pk=program.pk))
    ]


def section(program, numbering):
    return program.sections.get(numbering=numbering)


def entries(program) -> int:
    return entries_about(program).count()


def add(program, secretary, numbering, parent=None, after=None):
    return programs.write_section(
        program, actor=secretary, numbering=numbering, heading=f"Mục {numbering}", parent=parent, after=after
    )


@pytest.fixture
def grown(program, secretary):
    """I, II (1, 2 (a)), III."""
    two = add(program, secretary, "2", parent=section(program, "II"))
    add(program, secretary, "a", parent=two)
    add(program, secretary, "III")
    assert outline(program) == ["I", "II", ".1", ".2", "..a", "III"]
    return program


@pytest.mark.parametrize(
    ("numbering", "move", "after"),
    [
        ("III", "up", ["I", "III", "II", ".1", ".2", "..a"]),
        ("II", "down", ["I", "III", "II", ".1", ".2", "..a"]),
        ("II", "up", ["II", ".1", ".2", "..a", "I", "III"]),
        ("2", "up", ["I", "II", ".2", "..a", ".1", "III"]),
        ("III", "in", ["I", "II", ".1", ".2", "..a", ".III"]),
        ("2", "out", ["I", "II", ".1", "2", ".a", "III"]),
        ("a", "out", ["I", "II", ".1", ".2", ".a", "III"]),
    ],
)
def test_a_section_moves_with_all_it_holds_and_keeps_its_number(grown, secretary, numbering, move, after):
    moved, before = section(grown, numbering), entries(grown)
    drafting.move_section(moved, actor=secretary, revision=moved.revision, move=move)
    assert outline(grown) == after and entries(grown) == before + 1
    places = list(grown.sections.values_list("position", flat=True))
    assert places == sorted(set(places))
    assert section(grown, numbering).revision == moved.revision + 1


@pytest.mark.parametrize(("numbering", "move"), [("I", "up"), ("III", "down"), ("I", "in"), ("II", "out"), ("I", "x")])
def test_a_move_that_leads_nowhere_is_refused_and_writes_nothing(grown, secretary, numbering, move):
    before, told = outline(grown), entries(grown)
    with pytest.raises(RuleBroken):
        drafting.move_section(section(grown, numbering), actor=secretary, revision=1, move=move)
    assert outline(grown) == before and entries(grown) == told


def test_a_section_goes_into_another_or_behind_it(grown, secretary):
    drafting.place_section(section(grown, "III"), actor=secretary, revision=1, parent=section(grown, "2"))
    assert outline(grown) == ["I", "II", ".1", ".2", "..a", "..III"]
    drafting.place_section(section(grown, "2"), actor=secretary, revision=1, parent=None)
    assert outline(grown) == ["I", "II", ".1", "2", ".a", ".III"]
    drafting.place_section(section(grown, "a"), actor=secretary, revision=1, parent=None, after=section(grown, "I"))
    assert outline(grown) == ["I", "a", "II", ".1", "2", ".III"]


def test_a_section_lies_neither_in_itself_nor_too_deep_nor_in_another_text(grown, secretary):
    two = section(grown, "2")
    for parent in (
        two,
        section(grown, "a"),
        make_program(agencies=[p.agency for p in grown.parties.all()]).sections.first(),
    ):
        with pytest.raises(RuleBroken):
            drafting.place_section(two, actor=secretary, revision=1, parent=parent)
    deepest = section(grown, "a")
    for number in range(5):
        deepest = add(grown, secretary, f"x{number}", parent=deepest)
    with pytest.raises(RuleBroken):
        drafting.place_section(section(grown, "II"), actor=secretary, revision=1, parent=section(grown, "I"))
    assert max(entry.depth for entry in outline_of(grown)) <= 8


def test_a_stale_a_foreign_and_a_late_hand_move_nothing(grown, secretary):
    moved = section(grown, "III")
    drafting.move_section(moved, actor=secretary, revision=1, move="up")
    with pytest.raises(Conflict):
        drafting.move_section(moved, actor=secretary, revision=1, move="up")
    with pytest.raises(NotAllowed):
        drafting.move_section(moved, actor=make_member(grown.parties.last().agency), revision=2, move="up")
    advance(grown, "consulting")
    advanced = type(grown).objects.filter(pk=grown.pk)
    advanced.update(state="agreed", agreed_on="2022-03-30")
    with pytest.raises(Conflict):
        drafting.move_section(moved, actor=secretary, revision=2, move="up")


def test_a_new_section_stands_behind_the_one_it_was_asked_for_at(grown, secretary):
    add(grown, secretary, "1a", after=section(grown, "1"))
    add(grown, secretary, "Ia", after=section(grown, "I"))
    assert outline(grown) == ["I", "Ia", "II", ".1", ".1a", ".2", "..a", "III"]


def test_the_number_offered_follows_its_neighbours(grown):
    entries = outline_of(grown)
    assert number_after(entries) == "IV"
    assert number_after(entries, parent=section(grown, "II")) == "3"
    assert number_after(entries, after=section(grown, "1")) == "2"
    assert number_after(entries, parent=section(grown, "I")) == "1"
    assert number_after(entries, parent=section(grown, "2")) == "b"


def test_a_deleted_section_takes_its_sub_items_and_the_audit_keeps_their_text(grown, secretary):
    drafting.delete_section(section(grown, "II"), actor=secretary, revision=1)
    assert outline(grown) == ["I", "III"]
    entry = entries_about(grown).order_by("-sequence").first()
    assert [one["body"] for one in entry.before["texts"]][1] == "Vận động nhân dân cùng làm."
    told = history_of(secretary, grown)
    assert any("II" in str(event.text) for event in told.events[:1]), told.events[:1]


def test_a_section_with_a_task_stays_until_the_task_has_moved(grown, secretary):
    task = make_task(grown, "not_started")
    task.section = section(grown, "a")
    task.save()
    with pytest.raises(RuleBroken, match=task.code):
        drafting.delete_section(section(grown, "II"), actor=secretary, revision=1)
    assert outline(grown) == ["I", "II", ".1", ".2", "..a", "III"]
    drafting.move_task(task, actor=secretary, revision=task.revision, section=section(grown, "III"))
    task.refresh_from_db()
    assert task.section == section(grown, "III")
    drafting.delete_section(section(grown, "II"), actor=secretary, revision=1)


def test_a_section_with_an_unanswered_comment_stays_until_it_is_answered(grown, secretary):
    round = make_round(grown)
    place = next(one for one in places_of(round.version) if one.code.endswith(f"-{section(grown, 'a').pk}"))
    make_comment(round, place=place, text="Bỏ mục này")
    with pytest.raises(RuleBroken):
        drafting.delete_section(section(grown, "II"), actor=secretary, revision=1)
    drafting.delete_section(section(grown, "III"), actor=secretary, revision=1)
    close(round, reason="Các bên đã cho ý kiến")
    answer_all(round)
    drafting.delete_section(section(grown, "II"), actor=secretary, revision=1)
    assert outline(grown) == ["I"]


def test_what_others_typed_in_a_deleted_section_stays_theirs(grown, secretary):
    typed = drafting.keep_draft(grown, actor=secretary, section=section(grown, "III"), body="Chưa lưu", revision=1)
    place = typed.place
    drafting.delete_section(section(grown, "III"), actor=secretary, revision=1)
    kept = SectionDraft.objects.get(pk=typed.pk)
    assert (kept.body, kept.section, kept.place) == ("Chưa lưu", None, place)


def test_saving_a_section_that_was_deleted_is_a_conflict(grown, secretary):
    gone = section(grown, "III")
    drafting.delete_section(gone, actor=secretary, revision=1)
    with pytest.raises(Conflict):
        programs.edit_section(gone, actor=secretary, revision=1, numbering="III", heading="x", body="")


def test_legal_bases_are_added_moved_and_taken_out_one_by_one(program, secretary):
    def texts():
        return [basis.text for basis in program.legal_bases.all()]

    for text in ("Luật A", "Luật B", "Luật C"):
        drafting.add_legal_basis(program, actor=secretary, revision=revision(program), text=text)
    drafting.move_legal_basis(program.legal_bases.last(), actor=secretary, revision=revision(program), move="up")
    assert texts() == ["Luật A", "Luật C", "Luật B"]
    drafting.remove_legal_basis(program.legal_bases.first(), actor=secretary, revision=revision(program))
    assert texts() == ["Luật C", "Luật B"]
    stale = revision(program) - 1
    with pytest.raises(Conflict):
        drafting.remove_legal_basis(program.legal_bases.first(), actor=secretary, revision=stale)
    with pytest.raises(RuleBroken):
        drafting.move_legal_basis(program.legal_bases.first(), actor=secretary, revision=revision(program), move="up")
    for bad in (" ", "x" * 501):
        with pytest.raises(RuleBroken) as refusal:
            drafting.add_legal_basis(program, actor=secretary, revision=revision(program), text=bad)
        assert refusal.value.field == "text"


def revision(program) -> int:
    return type(program).objects.get(pk=program.pk).revision


def orders(program) -> tuple[list[int], list[int]]:
    letterhead = list(program.parties.order_by("letterhead_order").values_list("pk", flat=True))
    return letterhead, list(program.parties.order_by("signing_order").values_list("pk", flat=True))


def test_letterhead_and_signing_have_their_own_orders_and_the_lead_stays(program, secretary):
    one, two, three = program.parties.all()
    drafting.move_party(three, actor=secretary, revision=revision(program), order=drafting.LETTERHEAD, move="up")
    drafting.move_party(one, actor=secretary, revision=revision(program), order=drafting.SIGNING, move="down")
    assert orders(program) == ([one.pk, three.pk, two.pk], [two.pk, one.pk, three.pk])
    assert program.parties.get(is_lead=True) == one
    with pytest.raises(RuleBroken):
        drafting.move_party(one, actor=secretary, revision=revision(program), order=drafting.LETTERHEAD, move="up")
    with pytest.raises(RuleBroken):
        drafting.move_party(one, actor=secretary, revision=revision(program), order="pk", move="down")


def test_both_orders_outlive_a_change_of_the_parties(program, secretary):
    one, two, three = program.parties.all()
    drafting.move_party(one, actor=secretary, revision=revision(program), order=drafting.SIGNING, move="down")
    kept = [programs.PartyDraft(party.agency, is_lead=party.is_lead) for party in (one, two, three)]
    programs.edit_program(program, actor=secretary, revision=revision(program), parties=kept)
    assert orders(program)[1] == [two.pk, one.pk, three.pk]
    third_leads = [programs.PartyDraft(party.agency, is_lead=party == three) for party in (one, two, three)]
    programs.edit_program(program, actor=secretary, revision=revision(program), parties=third_leads)
    assert orders(program)[1] == [three.pk, two.pk, one.pk]


TEXT = "Căn cứ Luật A;\nIII. NỘI DUNG\n1. Một\nChữ.\n- Gạch\nIV. TỔ CHỨC"


def test_a_paste_is_written_at_once_and_only_as_it_was_shown(program, secretary):
    pasted = drafting.keep_paste(program, actor=secretary, text=TEXT)
    assert outline(program) == ["I", "II", ".1"]
    with pytest.raises(Conflict):
        drafting.write_paste(pasted, actor=secretary, digest="another")
    before = entries(program)
    drafting.write_paste(pasted, actor=secretary, digest=pasting.read(TEXT).digest)
    assert outline(program) == ["I", "II", ".1", "III", ".1", "..-", "IV"]
    assert [basis.text for basis in program.legal_bases.all()] == ["Căn cứ Luật A;"]
    assert entries(program) == before + 2 and not PastedText.objects.exists()


def test_a_paste_goes_into_a_section_behind_what_it_holds(program, secretary):
    text = "2. Hai\na) Việc a\nb) Việc b"
    pasted = drafting.keep_paste(program, actor=secretary, text=text, parent=section(program, "I"))
    drafting.write_paste(pasted, actor=secretary, digest=pasting.read(text).digest)
    assert outline(program) == ["I", ".2", "..a", "..b", "II", ".1"]


def test_a_paste_with_a_fault_writes_nothing(program, secretary):
    text = "III. Ba\n1.\n2. Hai"
    pasted = drafting.keep_paste(program, actor=secretary, text=text)
    with pytest.raises(RuleBroken):
        drafting.write_paste(pasted, actor=secretary, digest=pasting.read(text).digest)
    assert outline(program) == ["I", "II", ".1"]
