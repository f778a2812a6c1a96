"""The life of a round of comments: opened, commented, declared, given a later day, closed, opened again."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from agencies.access.enums import Role
from coordination.consultation import services as consultation
from coordination.consultation.enums import PlaceKind, Silence, Standing
from coordination.consultation.models import Comment, ConsultationRound
from coordination.consultation.queries import places_of, sent_text, standings_of
from coordination.programs import services as programs
from coordination.programs.enums import ProgramState
from coordination.programs.models import Program
from records import clock
from records.audit.enums import AuditAction
from records.audit.models import AuditEntry
from records.errors import Conflict, NotAllowed, RuleBroken
from tests.conftest import MOMENT
from tests.factories.consultations import (
    DAYS_OPEN,
    close,
    drafter_of,
    make_comment,
    make_round,
    party_of,
    place_in,
    writer_of,
)
from tests.factories.people import make_agency, make_member
from tests.factories.programs import make_program, secretary_of
from tests.factories.tasks import make_task

pytestmark = pytest.mark.django_db
AFTER = MOMENT + timedelta(days=DAYS_OPEN + 1)


def standing(round: ConsultationRound) -> dict[str, Standing]:
    return {one.code: one.standing for one in standings_of(round).parties}


def test_a_round_freezes_the_draft_and_moves_the_program():
    round = make_round(letter_number=12, letter_symbol="UBND-VP", letter_on=date(2022, 3, 29))
    program = Program.objects.get(pk=round.program_id)
    assert (program.state, program.comments_until) == (ProgramState.CONSULTING, round.comments_until)
    assert (round.number, round.version.label, round.opened_on) == (1, "0.1", clock.today())
    assert round.first_until == round.comments_until == clock.today() + timedelta(days=DAYS_OPEN)
    entry = AuditEntry.objects.filter(object_kind="coordination.consultationround").get()
    assert entry.action == AuditAction.CREATED
    assert (entry.after["letter"], entry.after["silence"]) == ("12/UBND-VP", "no_comments")


@pytest.mark.parametrize(
    ("letter", "field"),
    [
        ({"until": date(2022, 3, 29)}, "until"),
        ({"silence": "maybe"}, "silence"),
        ({"letter_number": 5}, "letter_symbol"),
        ({"letter_number": 100_000, "letter_symbol": "UBND"}, "letter_number"),
        ({"letter_on": date(2022, 3, 31)}, "letter_on"),
    ],
)
def test_a_round_with_something_wrong_is_not_opened(letter, field):
    program = make_program("draft")
    with pytest.raises(RuleBroken) as refusal:
        make_round(program, **letter)
    assert refusal.value.field == field
    assert Program.objects.get(pk=program.pk).state == ProgramState.DRAFT
    assert not program.versions.exists()


def test_two_rounds_are_never_open_at_once():
    round = make_round()
    with pytest.raises(Conflict):
        make_round(round.program)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultationRound.objects.create(
            program=round.program,
            number=2,
            version=round.version,
            opened_on=round.opened_on,
            first_until=round.first_until,
            comments_until=round.comments_until,
            silence=round.silence,
        )


def test_a_program_sent_before_there_were_rounds_gets_its_round():
    program = make_program("draft")
    programs.send_for_comments(program, actor=secretary_of(program.drafting_agency), until=clock.today())
    round = make_round(Program.objects.get(pk=program.pk))
    program.refresh_from_db()
    assert (program.state, program.comments_until) == (ProgramState.CONSULTING, round.comments_until)
    assert make_comment(round).pk


def test_comments_end_where_the_round_is_closed_and_nowhere_else():
    round = make_round()
    with pytest.raises(RuleBroken):
        programs.end_comments(round.program, actor=drafter_of(round))
    assert Program.objects.get(pk=round.program_id).state == ProgramState.CONSULTING


def test_only_the_drafting_secretary_opens_extends_and_closes():
    round = make_round()
    for actor in (secretary_of(party_of(round, 2).agency), writer_of(party_of(round, 1).agency)):
        for act in (
            lambda one=actor: consultation.extend_round(round, actor=one, until=date(2022, 5, 1), reason="Chậm"),
            lambda one=actor: consultation.close_round(round, actor=one, reason="Xong"),
            lambda one=actor: consultation.open_round(
                round.program, actor=one, until=date(2022, 5, 1), silence="nothing"
            ),
        ):
            with pytest.raises(NotAllowed) as refusal:
                act()
            assert party_of(round, 1).agency.current_short_name in str(refusal.value)


def test_every_place_of_the_frozen_draft_can_be_named():
    program = make_program("draft")
    secretary = secretary_of(program.drafting_agency)
    programs.set_legal_bases(program, actor=secretary, texts=["Luật Tổ chức chính quyền địa phương."])
    make_task(program, title="Vận động hiến đất")
    content = program.sections.get(numbering="1")
    for line in ("Tuyên truyền", "Vận động"):
        programs.write_section(program, actor=secretary, numbering="-", heading="", body=line, parent=content)
    places = places_of(make_round(program).version)
    assert [place.label for place in places] == [
        "Toàn văn dự thảo",
        "Căn cứ thứ 1",
        "Mục I. Mục đích, yêu cầu",
        "Mục II. Nội dung phối hợp",
        "Mục II.1. Xây dựng nông thôn mới",
        "Mục II.1, ý thứ 1",
        "Mục II.1, ý thứ 2",
        "Nhiệm vụ 01.01. Vận động hiến đất",
    ]
    assert [place.order for place in places] == list(range(8))
    assert len({place.code for place in places}) == 8


def test_a_comment_keeps_the_words_it_is_about_whatever_becomes_of_the_text():
    round = make_round()
    section = round.program.sections.get(numbering="I")
    comment = make_comment(round, place=place_in(round, PlaceKind.SECTION))
    programs.edit_section(
        section, actor=drafter_of(round), revision=section.revision, numbering="I", heading="Khác", body="Khác hẳn."
    )
    comment.refresh_from_db()
    assert comment.place_label == "Mục I. Mục đích, yêu cầu"
    assert comment.quoted == "Mục đích, yêu cầu\nTăng cường phối hợp giữa các bên."
    # A comment after the change still speaks of what was sent.
    assert make_comment(round, text="Thêm").quoted == comment.quoted


def test_comment_is_refused_to_whoever_is_no_party():
    round = make_round()
    outside = make_agency(round.program.unit, "ngoai")
    helper = make_member(outside)
    make_task(round.program, coordinators=(outside,))
    with pytest.raises(NotAllowed) as refusal:
        make_comment(round, actor=helper)
    assert refusal.value.decision.hidden
    with pytest.raises(NotAllowed) as refusal:
        make_comment(round, party_of(round, 2), actor=writer_of(party_of(round, 3).agency))
    assert party_of(round, 2).agency.current_short_name in str(refusal.value)
    with pytest.raises(NotAllowed):
        make_comment(round, party_of(round, 2), actor=writer_of(party_of(round, 2).agency, Role.ORGANISER))
    other = make_round()
    with pytest.raises(NotAllowed):
        make_comment(round, party_of(other, 2), actor=writer_of(party_of(round, 2).agency))
    assert not Comment.objects.exists()


def test_a_leader_comments_from_the_first_day():
    round = make_round()
    party = party_of(round, 2)
    comment = make_comment(round, party, actor=writer_of(party.agency, Role.LEADER))
    assert standing(round)[party.agency.code] == Standing.WRITING
    assert comment.written_at == clock.now()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"proposed": "x" * 20_001}, "proposed"),
    ],
)
def test_a_comment_says_something_and_not_too_much(words, field):
    with pytest.raises(RuleBroken) as refusal:
        make_comment(make_round(), **words)
    assert refusal.value.field == field


def test_a_comment_after_the_last_day_is_refused_until_a_later_day_is_given():
    round = make_round()
    with clock.standing_at(MOMENT + timedelta(days=DAYS_OPEN)):
        early = make_comment(round, text="Đúng ngày cuối")
    with clock.standing_at(AFTER):
        for late in (
            lambda: make_comment(round),
            lambda: consultation.edit_comment(
                early, actor=early.by, revision=1, place=place_in(round, PlaceKind.WHOLE).code, text="Sửa"
            ),
            lambda: consultation.declare_sent(round, actor=early.by, party=early.party),
        ):
            with pytest.raises(RuleBroken, match="09/4/2022"):
                late()
        later = clock.today() + timedelta(days=3)
        consultation.extend_round(round, actor=drafter_of(round), until=later, reason="Nhiều cơ quan xin lùi")
        assert make_comment(round, text="Muộn mà kịp").pk
    told = AuditEntry.objects.filter(object_kind="coordination.program", after__has_key="reason").get()
    assert told.after["reason"] == "Nhiều cơ quan xin lùi"
    assert Program.objects.get(pk=round.program_id).comments_until == later


def test_a_later_day_is_later_and_has_its_reason():
    round = make_round()
    for until, reason, field in (
        (round.comments_until, "Lùi", "until"),
        (date(2022, 3, 31), "Sớm hơn", "until"),
        (round.comments_until + timedelta(days=1), "  ", "reason"),
    ):
        with pytest.raises(RuleBroken) as refusal:
            consultation.extend_round(round, actor=drafter_of(round), until=until, reason=reason)
        assert refusal.value.field == field


def test_own_comments_are_changed_and_withdrawn_while_the_round_is_open():
    round = make_round()
    comment = make_comment(round)
    whole = place_in(round, PlaceKind.WHOLE).code
    changed = consultation.edit_comment(comment, actor=comment.by, revision=1, place=whole, text="Đổi")
    assert (changed.text, changed.place_label, changed.revision) == ("Đổi", "Toàn văn dự thảo", 2)
    with pytest.raises(Conflict):
        consultation.edit_comment(comment, actor=comment.by, revision=1, place=whole, text="Cũ")
    colleague = make_member(comment.party.agency)
    with pytest.raises(NotAllowed):
        consultation.withdraw_comment(comment, actor=colleague)
    leader = writer_of(comment.party.agency, Role.LEADER)
    assert consultation.withdraw_comment(comment, actor=leader).withdrawn_at == clock.now()
    with pytest.raises(Conflict):
        consultation.withdraw_comment(comment, actor=leader)
    assert standing(round)[comment.party.agency.code] == Standing.AWAITED


def test_an_answered_comment_is_no_longer_changed_by_its_author():
    round = make_round()
    comment = make_comment(round)
    consultation.answer(comment, actor=drafter_of(round), revision=1, state="accepted")
    for act in (
        lambda: consultation.withdraw_comment(comment, actor=comment.by),
        lambda: consultation.edit_comment(
            comment, actor=comment.by, revision=2, place=place_in(round, PlaceKind.WHOLE).code, text="Đổi"
        ),
    ):
        with pytest.raises(Conflict):
            act()


def test_a_party_declares_once_and_takes_it_back():
    round = make_round()
    party = party_of(round, 2)
    actor = writer_of(party.agency)
    with pytest.raises(RuleBroken):
        consultation.declare_sent(round, actor=actor, party=party)
    consultation.declare_no_comments(round, actor=actor, party=party)
    assert standing(round)[party.agency.code] == Standing.NO_COMMENTS
    with pytest.raises(Conflict):
        consultation.declare_no_comments(round, actor=actor, party=party)
    with pytest.raises(RuleBroken):
        make_comment(round, party)
    consultation.take_back_reply(round, actor=actor, party=party)
    make_comment(round, party)
    with pytest.raises(RuleBroken):
        consultation.declare_no_comments(round, actor=actor, party=party)
    consultation.declare_sent(round, actor=actor, party=party)
    assert standing(round)[party.agency.code] == Standing.SENT
    with pytest.raises(NotAllowed):
        consultation.take_back_reply(round, actor=writer_of(party_of(round, 3).agency), party=party)


def test_the_drafter_is_not_asked_by_itself():
    round = make_round(make_program("draft", 4))
    assert list(standing(round)) == ["ben-2", "ben-3", "ben-4"]


def test_a_party_that_spoke_cannot_be_left_out():
    round = make_round()
    make_comment(round, party_of(round, 2))
    program = Program.objects.get(pk=round.program_id)
    kept = [party_of(round, turn).agency for turn in (1, 3)]
    parties = [programs.PartyDraft(agency, is_lead=turn == 0) for turn, agency in enumerate(kept)]
    with pytest.raises(RuleBroken) as refusal:
        programs.edit_program(program, actor=drafter_of(round), revision=program.revision, parties=parties)
    assert refusal.value.field == "parties"
    assert str(refusal.value) == gettext("A party that has commented on the draft cannot be left out")
    assert program.parties.count() == 3


def closed_after_the_last_day(silence: Silence) -> ConsultationRound:
    """The second party commented, the third declared nothing, the fourth was silent."""
    round = make_round(make_program("draft", 4), silence=silence)
    make_comment(round, party_of(round, 2))
    third = party_of(round, 3)
    consultation.declare_no_comments(round, actor=writer_of(third.agency), party=third)
    with clock.standing_at(AFTER):
        return close(round)


@pytest.mark.parametrize("silence", list(Silence))
def test_closing_moves_the_program_on_and_counts_silence_as_the_letter_said(silence):
    round = closed_after_the_last_day(silence)
    assert Program.objects.get(pk=round.program_id).state == ProgramState.REVISING
    assert standing(round) == {"ben-2": Standing.SENT, "ben-3": Standing.NO_COMMENTS, "ben-4": Standing.SILENT}
    assert round.silence_counts
    agreed = list(round.program.agreements.values_list("party__agency__code", "ground"))
    assert agreed == ([("ben-4", "silence")] if silence == Silence.AGREEMENT else [])
    told = AuditEntry.objects.filter(object_kind="coordination.consultationround", action=AuditAction.ENDED).get()
    assert told.after["silent"] == [party_of(round, 4).agency.current_short_name]


def test_closing_early_needs_all_replies_or_a_reason():
    round = make_round(silence=Silence.AGREEMENT)
    second, third = party_of(round, 2), party_of(round, 3)
    consultation.declare_no_comments(round, actor=writer_of(second.agency), party=second)
    with pytest.raises(RuleBroken) as refusal:
        close(round)
    assert refusal.value.field == "reason"
    closed = close(round, reason="Thường trực yêu cầu trình sớm")
    assert closed.close_reason == "Thường trực yêu cầu trình sớm"
    # Its last day had not passed: silence means nothing.
    assert not closed.silence_counts
    assert not closed.program.agreements.exists()
    again = make_round()
    for turn in (2, 3):
        party = party_of(again, turn)
        consultation.declare_no_comments(again, actor=writer_of(party.agency), party=party)
    assert close(again).closed_at == clock.now()
    assert third.agency.code in standing(round)


def test_a_closed_round_takes_nothing_more():
    round = make_round()
    comment = make_comment(round)
    close(round, reason="Đủ")
    for act in (
        lambda: make_comment(round),
        lambda: consultation.withdraw_comment(comment, actor=comment.by),
        lambda: consultation.declare_sent(round, actor=comment.by, party=comment.party),
        lambda: consultation.extend_round(round, actor=drafter_of(round), until=date(2022, 6, 1), reason="Lùi"),
        lambda: close(round, reason="Lần nữa"),
    ):
        with pytest.raises(Conflict):
            act()


def test_a_second_round_asks_about_what_changed():
    program = make_program("draft")
    task = make_task(program, title="Vận động hiến đất")
    first = make_round(program)
    close(first, reason="Đủ")
    secretary = drafter_of(first)
    section = program.sections.get(numbering="I")
    programs.edit_section(
        section, actor=secretary, revision=section.revision, numbering="I", heading="Mục đích", body="Viết lại."
    )
    programs.write_section(program, actor=secretary, numbering="III", heading="Tổ chức thực hiện", body="Mới.")
    second = make_round(Program.objects.get(pk=program.pk))
    assert (second.number, second.version.label) == (2, "0.2")
    text = sent_text(second)
    assert [(one.place.heading, one.before) for one in text.places] == [
        ("Mục đích", "Mục đích, yêu cầu\nTăng cường phối hợp giữa các bên."),
        ("Tổ chức thực hiện", None),
    ]
    rewritten, added = text.places
    assert [(piece.mark, piece.text) for piece in rewritten.word_changes] == [
        ("same", "Mục đích"),
        ("struck", ", yêu cầu\nTăng cường phối hợp giữa các bên"),
        ("added", "\nViết lại"),
        ("same", "."),
    ]
    assert (added.is_new, added.word_changes) == (True, ())
    assert (text.changed, list(text.dropped), text.is_whole) == (2, [], False)
    whole = sent_text(second, whole=True)
    assert len(whole.places) == len(places_of(second.version))
    assert any(place.place.numbering == task.short_code for place in whole.places)
    assert sent_text(first).is_whole
