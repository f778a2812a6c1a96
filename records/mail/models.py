"""Letters on their way out: written with what they tell of, sent afterwards by a process of its own."""

from django.db import models
from django.db.models import Q

from records.fields import Line, Prose
from records.files.models import StoredFile
from records.mail.enums import MailState


class OutgoingMailQuerySet(models.QuerySet):
    """Letters, as the outbox asks for them."""

    def visible_to(self, actor: object | None) -> "OutgoingMailQuerySet":
        """No page shows a letter: it is for whoever it is addressed to. What could not be sent is told without it."""
        return self.none()


class OutgoingMail(models.Model):
    """One letter to one address. Its words are kept until it is sent, or for a week where it was given up.

    What would be of no use later, such as a letter with a link, loses them when it is given up.
    """

    to = models.EmailField()
    subject = Line(max_length=200)
    body = Prose(blank=True)
    language = models.CharField(max_length=5, blank=True, default="", db_default="")
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    # After this moment the letter would be of no use, such as one with a link that has run out.
    useless_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    last_fault = Line(max_length=300, blank=True)
    # What goes with it is kept on, whatever becomes of its words.
    enclosed = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="outgoingmail_state_known"),
            models.CheckConstraint(
                condition=Q(state=MailState.WAITING, ended_at=None)
                | Q(state=MailState.GIVEN_UP, ended_at__isnull=False)
                | Q(state=MailState.SENT, ended_at__isnull=False, body=""),
                name="outgoingmail_words_go_with_the_end",
            ),
        ]
        indexes = [models.Index(fields=["state", "next_try_at"], name="outgoingmail_due")]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def can_be_sent_again(self) -> bool:
        """Whether it was given up and its words are still there."""
        return self.state == MailState.GIVEN_UP and bool(self.body)
