"""How papers put rows into words, beyond what `records.wording` does for days and numbers."""

from reports.documents.blocks import Paragraph


def listed(parts: list[str]) -> str:
    """Names in a sentence: "A", "A và B", "A, B và C"."""
    return " và ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def hyphenated(text: str) -> str:
    """Dashes as official papers write them: a hyphen."""
    return text.replace("\u2013", "-").replace("\u2014", "-")


def sentence(text: str) -> str:
    """Text that ends as a sentence does."""
    text = hyphenated(text.strip())
    return text if not text or text[-1] in ".:;!?…" else f"{text}."


def capitalised(text: str) -> str:
    """The first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """One paragraph for each line that says something."""
    return tuple(Paragraph(sentence(line)) for line in text.splitlines() if line.strip())


def lines(text: str) -> tuple[str, ...]:
    """The lines of a letterhead, an authority or a list of recipients."""
    return tuple(hyphenated(line.strip()) for line in text.splitlines() if line.strip())
