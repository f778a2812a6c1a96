"""What the help page tells each role to click, in the order of a working day."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.access.enums import Role


@dataclass(frozen=True)
class Guide:
    """The steps of one role."""

    role: Role
    steps: tuple[Promise, ...]


GUIDES = (
    Guide(
        Role.OFFICIAL,
        (
            _("Open “My work”: overdue tasks come first, then what waits for you, then what is due within 7 days."),
            _("Choose “Update progress” on a task, enter the quantity done and what happened, attach the evidence."),
            _("Choose “Create task” to add a task of your agency; fields that need correcting are listed at the top."),
            _("Use the search box with a task's code or with words; marks may be left out."),
        ),
    ),
    Guide(
        Role.LEADER,
        (
            _("Open “Dashboard” and choose the year at the right end of the navigation."),
            _("Read the first sentence, then the four counts; every number opens the list of tasks it counts."),
            _("Look at “Needs attention” for overdue tasks and for what waits for a signature."),
            _("Open “Reports” for the papers of a conference."),
        ),
    ),
    Guide(
        Role.SECRETARY,
        (
            _("Open “Programs” and choose a program to see its parties, its tasks and who has signed."),
            _("Choose “Download PDF” for the program with the signature block of every party."),
            _("Open “Conferences”, choose the conference and export the report of last year's results and new tasks."),
            _("Follow the tasks of all parties in “Tasks”; the filters stay in the address and can be forwarded."),
        ),
    ),
    Guide(
        Role.ORGANISER,
        (
            _("Open “Conferences” and choose the conference to see its agenda and who takes part."),
            _("Invite by office held under “Attendance”, follow the answers, and call the roll on a phone on the day."),
            _("Record the attendance and, after the conference, its conclusions."),
        ),
    ),
    Guide(
        Role.UNIT_ADMIN,
        (
            _("Choose “Administration” in the account menu, then “Accounts and roles” to invite someone to an agency."),
            _("Hand the link you are shown to the person in question; it works once and is not shown again."),
            _("When someone leaves, end the role with its last day or move it to another agency; suspend in a hurry."),
            _("Open an agency, then “Posts and holders”, to record who holds which post from which day."),
        ),
    ),
    Guide(
        Role.SYSTEM_ADMIN,
        (
            _("Choose “Administration” in the account menu: units, agencies and accounts of the whole portal."),
            _("Make a second system administrator: the last one can be neither ended nor suspended."),
            _("The administrator keeps units, agencies and accounts, and reads no content."),
        ),
    ),
)


def guides_for(role: Role | str | None) -> list[Guide]:
    """All guides, the reader's own first."""
    return sorted(GUIDES, key=lambda guide: guide.role != role)
