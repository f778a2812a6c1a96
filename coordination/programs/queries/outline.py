from dataclasses import dataclass

from coordination.programs.models import Program, Section


@dataclass(frozen=True)
class OutlineEntry:
    """A section with its depth in the text, 1 for a main section."""

    section: Section
    depth: int

    @property
    def is_main(self) -> bool:
        return self.depth == 1


def outline_of(program: Program) -> list[OutlineEntry]:
    """The sections in reading order, sub-items below their section."""
    children: dict[int | None, list[Section]] = {}
    for section in program.sections.all():
        children.setdefault(section.parent_id, []).append(section)
    return list(_walk(children, None, 1))


def _walk(children: dict[int | None, list[Section]], parent_id: int | None, depth: int):
    for section in children.get(parent_id, ()):
        yield OutlineEntry(section, depth)
        yield from _walk(children, section.pk, depth + 1)
