"""The job that draws a paper: what is to be drawn was written down when the paper was asked for.

Why no right is asked here: whoever is to read the paper asks for it again when it is drawn, and is answered by the page
that knows who may; what is drawn lies on the disk under a name nobody can guess.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.errors import RuleBroken
from records.jobs.errors import TryAgain
from records.jobs.kinds import JobKind, Work
from reports.pdf import store
from reports.pdf.errors import OrderLost, RenderInterrupted

DRAW_PAPER = "draw-paper"


def draw_paper(work: Work) -> None:
    """Draw one paper into the store, unless it lies there already; how many pages are laid out is told meanwhile.

    Raises: RenderFailed where no PDF can be made; TryAgain where the engine was interrupted.
    """
    digest = work.values["digest"]
    if store.is_kept(digest):
        return
    try:
        store.drawn(store.laid_down(digest), told=lambda pages: work.advance(pages, 0))
    except OrderLost:
        raise RuleBroken(_("What was to be drawn is no longer there. Go back and ask for the paper again.")) from None
    except RenderInterrupted as interrupted:
        raise TryAgain(str(interrupted)) from interrupted
    store.done_with(digest)


KIND = JobKind(DRAW_PAPER, run=draw_paper, label=gettext_lazy("PDF of a paper"))
