"""How versions differ, as pages show it; rooms below name the tags and know no more."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coordination.programs.models import Program, ProgramVersion
from coordination.versions.queries import drifted_count
from coordination.versions.words import Piece, excerpt

register = template.Library()
_MARKED = (
    '<{0} class="pf-{0}"><span class="visually-hidden">[{1}: </span>{2}<span class="visually-hidden">]</span></{0}>'
)


@register.simple_tag
def word_changes(pieces: Sequence[Piece]) -> SafeString:
    """A text with its words struck and added: marked by line and weight, and said to who cannot see."""
    return format_html_join("", "{}", ((_shown(piece),) for piece in excerpt(pieces)))


@register.inclusion_tag("coordination/versions/_drift_panel.html", takes_context=True)
def drift_panel(context, program: Program, version: ProgramVersion | None) -> dict:
    """How much drifted from the signed version, with the way to the page that tells it; nothing where nothing did."""
    actor = context["request"].actor
    count = drifted_count(program, version, actor=actor) if version and program.signed_on else 0
    return {"program": program, "version": version, "count": count}


def _shown(piece: Piece) -> SafeString | str:
    if piece.is_struck:
        return format_html(_MARKED, "del", _("struck"), piece.text)
    if piece.is_added:
        return format_html(_MARKED, "ins", _("added"), piece.text)
    return format_html('<span class="pf-meta">{}</span>', " […] ") if piece.is_left_out else piece.text
