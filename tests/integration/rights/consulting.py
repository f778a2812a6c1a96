"""A round of comments in the world of unique words."""

from collections.abc import Callable

from coordination.consultation import services as consultation
from coordination.programs.models import Program
from records import clock
from tests.integration.rights.cast import Cast


def consult(program: Program, cast: Cast, words: Callable, *, is_closed: bool) -> None:
    """Two parties wrote, one of them was answered, the lead declared it has no comments."""
    round = consultation.open_round(program, actor=cast.secretary, until=clock.today(), silence="nothing")
    for party in program.parties.filter(agency__in=[cast.agencies["party"], cast.agencies["third"]]):

        def word(party=party) -> str:
            return words(lambda: ("comment by", (round.pk, party.agency_id)))

        written = consultation.comment(
            round,
            actor=cast.official(party.agency),
            party=party,
            place="whole-0",
            text=f"Đề nghị {word()}",
            proposed=f"Viết lại {word()}",
        )
        if party.agency == cast.agencies["party"]:
            consultation.answer(written, actor=cast.secretary, revision=1, state="partly", words=f"Một phần {word()}")
    lead = program.parties.get(is_lead=True)
    consultation.declare_no_comments(round, actor=cast.official(lead.agency), party=lead)
    if is_closed:
        consultation.close_round(round, actor=cast.secretary, reason="Trình sớm")
