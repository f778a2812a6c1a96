"""Components that hold other content."""

from django import template
from django.contrib.messages import constants
from django.template.loader import render_to_string

from records import text

register = template.Library()

_FLASH_TONES = {constants.SUCCESS: "ok", constants.WARNING: "wait", constants.ERROR: "bad"}
_NOTE_ICONS = {"ok": "check-circle-fill", "wait": "exclamation-triangle-fill", "bad": "x-circle-fill"}


@register.simple_block_tag
def panel(content, *, title, meta="", url="", link="", foot="", anchor="", body=True) -> str:
    """A white block with a heading, at most one link beside it and the content below.

    Why `body`: rows and tables bring their own padding; they are put in with body=False.
    """
    return render_to_string(
        "components/panel.html",
        {
            "content": content,
            "title": title,
            "heading_id": f"panel-{anchor or text.slug(str(title))}",
            "meta": meta,
            "url": url,
            "link": link,
            "foot": foot,
            "anchor": anchor,
            "body": body,
        },
    )


@register.inclusion_tag("components/empty_state.html")
def empty_state(*, title, text="", url="", action="", icon="inbox") -> dict:
    """What is missing, what to do about it, and one button."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@register.simple_block_tag
def note(content, *, tone="", role="") -> str:
    """One sentence set apart from the page: tone ok, wait or bad, otherwise plain information."""
    return render_to_string(
        "components/note.html", {"content": content, "tone": tone, "icon": _note_icon(tone), "role": role}
    )


@register.inclusion_tag("components/flash.html")
def flash(messages) -> dict:
    """What the last step said, on the page that follows it; each said once."""
    tones = [(message.message, _FLASH_TONES.get(message.level, "")) for message in messages or ()]
    return {"flashes": [{"text": words, "tone": tone, "icon": _note_icon(tone)} for words, tone in tones]}


def _note_icon(tone: str) -> str:
    return _NOTE_ICONS.get(tone, "info-circle")
