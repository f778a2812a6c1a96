"""The forms of a program's life, as doors of `hostile_doors`: agreement, submission, cancelling, superseding."""

from tests.integration.hostile_stage import Door, at

DRAFTER, OF_THE_FRONT = "thu-ky", "chu-tich-mttq"


def _page(route: str, which: str):
    return at(f"coordination:program-{route}", program=lambda stage: getattr(stage, which).slug)


LIFE = {
    "party agrees": Door(
        OF_THE_FRONT,
        _page("agreement", "revising"),
        ("say-*-stance",),
        {"say-*-stance": "reserves", "say-*-words": "Trừ nội dung tại mục II"},
    ),
    "letter of agreement": Door(
        DRAFTER,
        _page("agreement", "revising"),
        ("letter-*-letter_number",),
        {"letter-*-letter_number": "15/CV-MTTQ", "letter-*-letter_on": "29/3/2022"},
    ),
    "text submitted": Door(
        DRAFTER,
        _page("submission", "agreed"),
        ("submit-committee",),
        {"submit-committee": 1, "submit-letter_number": "20/TTr-UBND", "submit-letter_on": "30/3/2022"},
    ),
    "committee agrees": Door(
        DRAFTER,
        _page("submission", "submitted"),
        ("opinion-verdict",),
        {"opinion-verdict": "cleared", "opinion-on": "30/3/2022", "opinion-opinion": "Thống nhất chủ trương"},
    ),
    "committee sends back": Door(
        DRAFTER,
        _page("submission", "submitted"),
        ("opinion-verdict",),
        {"opinion-verdict": "sent_back", "opinion-on": "30/3/2022", "opinion-opinion": "Bổ sung căn cứ"},
        like="committee agrees",
    ),
    "program cancelled": Door(
        DRAFTER, _page("edit", "revising"), ("cancel-reason",), {"cancel-reason": "Các bên chưa thống nhất chủ trương"}
    ),
    "program superseded": Door(DRAFTER, _page("edit", "enforced"), ("supersede-by",), {"supersede-by": 1}),
}
