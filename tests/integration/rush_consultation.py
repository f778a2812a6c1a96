"""Comments, declarations and the closing of a round, all sent at the same moment; called by `rush`."""

from datetime import date


def comments_at_once(rush, signed_in, unit, parties, secretary) -> dict:
    """What a rush on rounds of comments left behind."""
    from coordination.consultation.models import Comment, RoundReply
    from tests.factories.consultations import make_comment, make_round
    from tests.factories.programs import make_program
    from tests.factories.tasks import official_of

    out = {}
    between = {"unit": unit, "agencies": parties, "secretary": secretary}
    round = make_round(make_program("draft", **between), actor=secretary, until=date(2100, 1, 1))
    address = f"/chuong-trinh/{round.program.slug}/y-kien/"
    official, other = official_of(parties[1]), official_of(parties[2])
    writers, closer = signed_in(official, 7), signed_in(secretary)[0]
    posts = [(one, f"{address}dot-1/gop-y/", {"place": "whole-0", "text": f"Ý {n}"}) for n, one in enumerate(writers)]
    answers = rush([*posts, (closer, f"{address}dot-1/ket-thuc/", {"reason": "Trình sớm"})])
    taken = sum(answer == 302 for answer in answers[:-1])
    out["seven comments beside the closing of their round"] = set(answers) <= {302, 409} and answers[-1] == 302
    out["each one told it was taken"] = Comment.objects.filter(round=round).count() == taken

    second = make_round(make_program("draft", **between), actor=secretary, until=date(2100, 1, 1))
    address = f"/chuong-trinh/{second.program.slug}/y-kien/"
    party = second.program.parties.get(agency=parties[2])
    said = {"party": party.pk, "reply": "no_comments"}
    out["one declaration sent eight times"] = sorted(
        rush([(one, f"{address}dot-1/bao-xong/", said) for one in signed_in(other, 8)])
    )
    out["its declarations"] = RoundReply.objects.filter(round=second).count()
    comment = make_comment(second, second.program.parties.get(agency=parties[1]), actor=official)
    given = {"state": "explained", "revision": comment.revision}
    out["eight answers to one comment"] = sorted(
        rush(
            [
                (one, f"{address}{comment.pk}/tra-loi/", {**given, "words": f"Giải trình {n}"})
                for n, one in enumerate(signed_in(secretary, 8))
            ]
        )
    )
    draft = make_program("draft", **between)
    opening = {"until": "01/01/2100", "silence": "nothing"}
    out["one draft sent for comments eight times"] = sorted(
        rush([(one, f"/chuong-trinh/{draft.slug}/y-kien/mo/", opening) for one in signed_in(secretary, 8)])
    )
    out["its rounds of comments"] = draft.consultation_rounds.count()
    return out
