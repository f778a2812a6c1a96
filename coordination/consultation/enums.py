"""How a consultation stands: what silence means, what a party replied, what a comment is about and what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Silence(models.TextChoices):
    """What the letter that asked for comments says of a party that does not answer."""

    AGREEMENT = "agreement", _("Counts as agreement")
    NO_COMMENTS = "no_comments", _("Counts as having no comments")
    NOTHING = "nothing", _("Counts as nothing")

    @property
    def printed(self) -> str:
        """What a table of comments writes of a party that was silent."""
        return {
            "agreement": "Không trả lời đúng hạn, coi như đồng ý với dự thảo",
            "no_comments": "Không trả lời đúng hạn, coi như không có ý kiến",
            "nothing": "Không trả lời",
        }[self.value]


# What a table writes of a party that had not answered when a round was closed before its last day.
CUT_SHORT = "Chưa trả lời khi kết thúc đợt lấy ý kiến"


class ReplyKind(models.TextChoices):
    """What a party declared in a round."""

    NO_COMMENTS = "no_comments", _("No comments")
    SENT = "sent", _("All comments sent")


class PlaceKind(models.TextChoices):
    """What a comment is about."""

    WHOLE = "whole", _("The whole draft")
    BASIS = "basis", _("A legal basis")
    SECTION = "section", _("A section")
    TASK = "task", _("A task")


class CommentState(models.TextChoices):
    """What the drafter did with a comment."""

    NEW = "new", pgettext_lazy("comment", "New")
    ACCEPTED = "accepted", pgettext_lazy("comment", "Accepted")
    PARTLY = "partly", pgettext_lazy("comment", "Accepted in part")
    EXPLAINED = "explained", pgettext_lazy("comment", "Explained")

    @property
    def tone(self) -> str:
        return {"new": "idle", "accepted": "ok", "partly": "run", "explained": "wait"}[self.value]

    @property
    def icon(self) -> str:
        return {"new": "circle", "accepted": "check-circle-fill", "partly": "circle-half", "explained": "info-circle"}[
            self.value
        ]

    @property
    def printed(self) -> str:
        """The word a table of comments begins the answer with."""
        return {"new": "", "accepted": "Tiếp thu", "partly": "Tiếp thu một phần", "explained": "Giải trình"}[self.value]


ANSWERS = (CommentState.ACCEPTED, CommentState.PARTLY, CommentState.EXPLAINED)
# Answers that take up at least a part of what was proposed.
TAKEN_UP = (CommentState.ACCEPTED, CommentState.PARTLY)


class Standing(models.TextChoices):
    """Where one party stands in a round."""

    SENT = "sent", _("All comments sent")
    NO_COMMENTS = "no_comments", _("No comments")
    WRITING = "writing", _("Writing comments")
    AWAITED = "awaited", _("Not answered yet")
    SILENT = "silent", _("Did not answer")

    @property
    def tone(self) -> str:
        return {"sent": "ok", "no_comments": "ok", "writing": "run", "awaited": "wait", "silent": "idle"}[self.value]

    @property
    def icon(self) -> str:
        return {
            "sent": "check-circle-fill",
            "no_comments": "check-circle",
            "writing": "pencil",
            "awaited": "hourglass-split",
            "silent": "slash-circle",
        }[self.value]

    @property
    def is_reply(self) -> bool:
        """Whether the party has said all it wants to say."""
        return self in (Standing.SENT, Standing.NO_COMMENTS)
