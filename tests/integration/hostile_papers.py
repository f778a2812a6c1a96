"""The forms about papers of agencies: reports of parties, urging letters, numbers and issue, for `hostile_doors`."""

from coordination.models import PartyReport, UrgingLetter
from tests.integration.hostile_stage import Door, Stage, at


def _report(stage: Stage) -> PartyReport:
    return PartyReport.objects.get(agency__code="hnd")


def _letter(stage: Stage) -> UrgingLetter:
    return UrgingLetter.objects.get()


_WORDS = {"cut_off_on": "31/12/2021", "strengths": "Bám sát kế hoạch"}
_ISSUED = {"number": "7", "symbol": "GM-UBND", "dated_on": "21/3/2022", "authority": "TM"}
_LETTER = at("coordination:letter-edit", letter=lambda stage: _letter(stage).pk)
PAPERS = {
    "party report written": Door(
        "chuyen-vien-hnd",
        at(
            "coordination:party-report-write",
            program=lambda stage: _report(stage).program.slug,
            agency=lambda stage: "hnd",
            year=lambda stage: 2021,
        ),
        ("cut_off_on", "lessons"),
        _WORDS,
    ),
    "urging letter drawn up": Door(
        "thu-ky",
        at("coordination:letter-create", addressee=lambda stage: _letter(stage).addressee_id),
        ("answer_by",),
        {"answer_by": "8/4/2022"},
    ),
    "urging letter changed": Door("thu-ky", _LETTER, ("answer_by",), {"answer_by": "15/4/2022"}),
    "paper numbered and issued": Door(
        "thu-ky",
        at("reports:issue-paper", kind=lambda stage: "giay-moi", key=lambda stage: stage.story.conference.slug),
        ("symbol", "dated_on"),
        _ISSUED,
    ),
    "conference closed": Door(
        "thu-ky",
        at("coordination:conference-close", conference=lambda stage: stage.running.slug),
        ("ended_at",),
        {"ended_at": "16:45"},
    ),
}
