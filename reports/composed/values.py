"""What each token stands for, out of the figures of a report. The list of names is `docs/guides/bao-cao.md`.

Names: a measure alone counts all tasks; `linh_vuc.<mã>.`, `co_quan.<mã>.` and `chuong_trinh.<mã>.` before it count one
area, one lead agency, one program; `nam_truoc.` the year before, `chenh.` the difference to it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from coordination.figures.tally import Number, Tally
from records import wording
from reports.composed.counts import Part, ReportFacts, YearCounts
from reports.composed.tokens import Value

_SMALL = 10
AREA, AGENCY, PROGRAM, BEFORE, CHANGE = "linh_vuc", "co_quan", "chuong_trinh", "nam_truoc", "chenh"


@dataclass(frozen=True)
class Measure:
    """A number that can be told of any set of tasks: its name in a token, what it is called, what it counts."""

    name: str
    label: str
    count: str
    whole: str = ""

    @property
    def is_share(self) -> bool:
        return bool(self.whole)


MEASURES = (
    Measure("so_nhiem_vu", gettext_lazy("tasks with a deadline"), "total"),
    Measure("hoan_thanh", gettext_lazy("completed"), "done"),
    Measure("dung_han", gettext_lazy("completed on time"), "on_time"),
    Measure("cham", gettext_lazy("completed late"), "late"),
    Measure("chua_xong", gettext_lazy("due and not completed"), "overdue"),
    Measure("trong_han", gettext_lazy("within the deadline"), "in_time"),
    Measure("thuong_xuyen", gettext_lazy("without a deadline"), "ongoing"),
    Measure("den_han", gettext_lazy("due so far"), "due"),
    Measure("ty_le_hoan_thanh", gettext_lazy("share completed"), "done", "total"),
    Measure("ty_le_dung_han", gettext_lazy("share on time of those due"), "on_time", "due"),
)
_FACTS = {
    "nam": gettext_lazy("year reported on"),
    "nam_sau": gettext_lazy("year planned"),
    "ngay_chot": gettext_lazy("figures up to"),
    "so_chuong_trinh": gettext_lazy("programs with tasks"),
    "so_chuong_trinh_ky": gettext_lazy("programs signed for the year"),
    "ke_hoach.so_nhiem_vu": gettext_lazy("tasks of the year planned"),
    "ke_hoach.so_chuong_trinh": gettext_lazy("programs of the year planned"),
    "luy_ke.thang": gettext_lazy("last month counted"),
    "luy_ke.den_han": gettext_lazy("due by the end of that month"),
    "luy_ke.hoan_thanh": gettext_lazy("completed by the end of that month"),
    "nam_truoc.nam": gettext_lazy("the year before"),
}


def values_of(facts: ReportFacts) -> dict[str, Value]:
    """Every token of a report with what it stands for."""
    counts = facts.counts
    found = dict(_plain(facts)) | dict(_tally("", counts.all, ""))
    for family, parts in ((AREA, counts.areas), (AGENCY, counts.agencies), (PROGRAM, counts.programs)):
        for part in parts:
            found |= dict(_tally(f"{family}.{part.code}.", part.tally, part.name))
    for code, parties in facts.parties:
        means = pgettext_lazy("token", "parties")
        found[f"{PROGRAM}.{code.lower()}.so_ben"] = Value(counted(parties), means=f"{code}: {means}")
    return found | dict(_before(facts))


def counted(number: int) -> str:
    """A count within a sentence: small ones with the leading zero offices write, large ones with thousands points."""
    return wording.zero_padded(int(number)) if number < _SMALL else wording.number(int(number))


def share(part: int, whole: int) -> str:
    """A share in percent with at most one decimal, rounded half up; a hyphen when there is no whole.

    Rule: what falls short of the whole is never printed as 100%.
    """
    if not whole:
        return "-"
    tenths = _tenths(part, whole)
    return f"{tenths // 10},{tenths % 10}%".replace(",0%", "%")


def names_for_templates(areas: Iterable[Part], agencies: Iterable[Part]) -> dict[str, str]:
    """The names a template may use whatever the report, with what each means; programs change from year to year."""
    found = {name: str(label) for name, label in _FACTS.items()}
    found |= {measure.name: str(measure.label) for measure in MEASURES}
    for family, parts in ((AREA, areas), (AGENCY, agencies)):
        found |= {
            f"{family}.{part.code}.{measure.name}": f"{part.name}: {measure.label}"
            for part in parts
            for measure in MEASURES
        }
    for family, of in ((BEFORE, _("the year before")), (CHANGE, _("against the year before"))):
        found |= {f"{family}.{measure.name}": f"{of}: {measure.label}" for measure in MEASURES}
    return found


def _plain(facts: ReportFacts) -> Iterator[tuple[str, Value]]:
    counts = facts.counts
    told = {
        "nam": str(counts.year),
        "nam_sau": str(counts.year + 1),
        "ngay_chot": wording.day(counts.as_of),
        "so_chuong_trinh": counted(len(counts.programs)),
        "so_chuong_trinh_ky": counted(facts.signed),
        "ke_hoach.so_nhiem_vu": counted(facts.planned[0]),
        "ke_hoach.so_chuong_trinh": counted(facts.planned[1]),
    }
    last = last_month(counts)
    if last is not None:
        told |= {"luy_ke.thang": str(last.month), "luy_ke.den_han": counted(last.due)}
        told["luy_ke.hoan_thanh"] = counted(last.done)
    for name, text in told.items():
        yield name, Value(text, means=str(_FACTS[name]))


def last_month(counts: YearCounts):
    """The last month of the year that had begun when the figures were judged; None where none had."""
    return next((month for month in reversed(counts.months) if month.done is not None), None)


def _tally(prefix: str, tally: Tally, of: str) -> Iterator[tuple[str, Value]]:
    for measure in MEASURES:
        number: Number = getattr(tally, measure.count)
        text = share(number, getattr(tally, measure.whole)) if measure.is_share else counted(number)
        means = f"{of}: {measure.label}" if of else str(measure.label)
        yield f"{prefix}{measure.name}", Value(text, number.query, means)


def _before(facts: ReportFacts) -> Iterator[tuple[str, Value]]:
    """The year before, and how far this one is from it; nothing where it had no tasks."""
    if facts.before is None:
        return
    now, then = facts.counts.all, facts.before.all
    yield f"{BEFORE}.nam", Value(str(facts.before.year), means=str(_FACTS["nam_truoc.nam"]))
    yield from _tally(f"{BEFORE}.", then, _("the year before"))
    against = _("against the year before")
    for measure in MEASURES:
        yield f"{CHANGE}.{measure.name}", Value(change(measure, now, then), means=f"{against}: {measure.label}")


def change(measure: Measure, now: Tally, then: Tally) -> str:
    """How a measure moved, as papers say it: "tăng 03", "giảm 2,3 điểm %", "bằng năm trước"."""
    if measure.is_share:
        wholes = getattr(now, measure.whole), getattr(then, measure.whole)
        if not all(wholes):
            return "-"
        moved = _tenths(getattr(now, measure.count), wholes[0]) - _tenths(getattr(then, measure.count), wholes[1])
        told = f"{abs(moved) // 10},{abs(moved) % 10} điểm %".replace(",0 ", " ")
    else:
        moved = int(getattr(now, measure.count)) - int(getattr(then, measure.count))
        told = counted(abs(moved))
    if not moved:
        return "bằng năm trước"
    return f"{'tăng' if moved > 0 else 'giảm'} {told}"


def _tenths(part: int, whole: int) -> int:
    part, whole = int(part), int(whole)
    tenths = (part * 2000 + whole) // (2 * whole)
    return min(tenths, 999) if part < whole else tenths
