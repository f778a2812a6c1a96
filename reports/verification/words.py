"""The words of the four answers, for a code and for a file."""

from django.utils.translation import gettext_lazy as _

from reports.verification.enums import Standing

HEADINGS = {
    Standing.VALID: _("The paper is valid"),
    Standing.REPLACED: _("The paper has been replaced"),
    Standing.WITHDRAWN: _("The paper has been withdrawn"),
    Standing.UNKNOWN: _("There is no paper with this code"),
}
SENTENCES = {
    Standing.VALID: _("The code belongs to a paper that was issued, and it has been neither replaced nor withdrawn."),
    Standing.REPLACED: _("The code belongs to a paper that was issued; another has taken its place since."),
    Standing.WITHDRAWN: _("The code belongs to a paper that was issued and taken back by the office that issued it."),
    Standing.UNKNOWN: _(
        "Check the 12 characters again: a code has no letters I and O and no digits 0 and 1. Drafts and papers not "
        "issued yet are not found here."
    ),
}
HEADINGS_OF_FILES = {
    **HEADINGS,
    Standing.VALID: _("The file is the paper as it was issued"),
    Standing.UNKNOWN: _("The file is none that was issued here"),
}
SENTENCES_OF_FILES = {
    Standing.VALID: _("Every byte is as it was issued; the paper has been neither replaced nor withdrawn."),
    Standing.REPLACED: _("The file is a paper as it was issued; another has taken its place since."),
    Standing.WITHDRAWN: _("The file is a paper as it was issued, taken back by the office that issued it."),
    Standing.UNKNOWN: _(
        "A file is found only if every byte is as it was issued. A scan, a photograph or a copy another program saved "
        "is not, even where it says the same: check the code at the foot of its pages instead."
    ),
}
