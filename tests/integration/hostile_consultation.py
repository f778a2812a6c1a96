"""The forms of a consultation, as doors of `hostile_doors`."""

from tests.integration.hostile_stage import Door, Stage, at

SECRETARY, OF_THE_FRONT = "thu-ky", "chuyen-vien-mttq"
SENIORS = ("chu-tich-mttq",)  # of the same party
PARTIES = (*SENIORS, "thu-ky-tuyen-giao")


def _program(stage: Stage) -> str:
    return stage.consulting.slug


def _comment(stage: Stage) -> int:
    return stage.comment.pk


def _one(stage: Stage) -> int:
    return 1


CONSULTATION = {
    "draft sent for comments": Door(
        SECRETARY,
        at("coordination:consultation-open", program=lambda stage: stage.draft.slug),
        ("until", "silence"),
        {"until": "10/4/2022", "silence": "nothing", "letter_number": "5", "letter_symbol": "UBND-VP"},
    ),
    "later day for comments": Door(
        SECRETARY,
        at("coordination:consultation-extend", program=_program, round=_one),
        ("until", "reason"),
        {"until": "30/4/2022", "reason": "Nhiều cơ quan đề nghị"},
    ),
    "round closed": Door(
        SECRETARY,
        at("coordination:consultation-close", program=_program, round=_one),
        ("reason",),
        {"reason": "Trình sớm"},
    ),
    "comment": Door(
        OF_THE_FRONT,
        at("coordination:comment-add", program=_program, round=_one),
        ("place", "text"),
        {"text": "Đề nghị nêu rõ hơn", "proposed": "Viết lại như sau"},
        also=PARTIES,
    ),
    "comment changed": Door(
        OF_THE_FRONT,
        at("coordination:comment-edit", program=_program, comment=_comment),
        ("place", "text", "revision"),
        {"text": "Đề nghị nêu rõ hơn nữa"},
        also=SENIORS,
    ),
    "comment answered": Door(
        SECRETARY,
        at("coordination:comment-answer", program=_program, comment=_comment),
        ("state", "words"),
        {"state": "partly", "words": "Tiếp thu ý chính"},
    ),
    "party declares": Door(
        OF_THE_FRONT,
        at("coordination:consultation", program=_program),
        ("party", "reply"),
        also=PARTIES,
    ),
}
