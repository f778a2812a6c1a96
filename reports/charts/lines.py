"""Running totals over the months: what fell due against what was done."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from .palette import AXIS, FILL, GRID, PLAN, SURFACE, TEXT_2
from .series import MonthPoint, Tone
from .sizes import WIDE, ChartSize
from .svg import chart, element, figure, text
from .tables import DataTable

TOP, LEFT, RIGHT, BELOW = 14.0, 32.0, 46.0, 28.0
_STEPS_OF_TEN, _MOST_LINES = (1, 2, 5), 5
DONE = FILL[Tone.ON_TIME]


def cumulative(
    points: Sequence[MonthPoint],
    *,
    title: str,
    due_label: str,
    done_label: str,
    prefix: str,
    size: ChartSize = WIDE,
) -> SafeString:
    """Two lines on one scale from zero: due (dashed) and done (solid); the gap between them is what is late.

    Rule: the done line ends with the last month that has figures; nothing is drawn for months after the cut-off.
    """
    frame = _Frame(points, size)
    parts = [
        *_axes(frame),
        *_gap(frame),
        _line(frame.due, "pl", PLAN, 1.75, dash="5 3"),
    ]
    parts.append(_line(frame.done, "dn", DONE, 2.5))
    parts += [_dot(x, y) for x, y in frame.done]
    parts += _names(frame, due_label, done_label) + _ends(frame)
    return chart(
        parts,
        title=title,
        description=_described(points, due_label, done_label),
        width=size.width,
        height=size.lines_height,
        font=size.font,
        prefix=prefix,
    )


def table_of_months(points: Sequence[MonthPoint], *, first: str, due_label: str, done_label: str) -> DataTable:
    """The running totals as a table; a dash for months after the cut-off. Rule: R-CHART-2."""
    rows = ((point.label, figure(point.due), "–" if point.done is None else figure(point.done)) for point in points)
    return DataTable(headings=(first, due_label, done_label), rows=tuple(rows))


class _Frame:
    """Where each value lies on the drawing."""

    def __init__(self, points: Sequence[MonthPoint], size: ChartSize):
        self.points, self.font, self.width = points, size.font, size.width
        highest = max([value for point in points for value in (point.due, point.done or 0)] + [1])
        self.step = _step(highest)
        self.ceiling = -(-highest // self.step) * self.step
        self.left = max(LEFT, self.font.width_of(figure(self.ceiling)) + 10)
        self.right = size.width - max(RIGHT, self.font.width_of(figure(highest)) * 1.08 + 10)
        self.bottom = size.lines_height - BELOW
        self.due = [(self.x(n), self.y(point.due)) for n, point in enumerate(points)]
        self.done = [(self.x(n), self.y(point.done)) for n, point in enumerate(points) if point.done is not None]

    def x(self, position: int) -> float:
        return self.left + position * (self.right - self.left) / max(len(self.points) - 1, 1)

    def y(self, value: int) -> float:
        return self.bottom - value * (self.bottom - TOP) / self.ceiling


def _step(highest: int) -> int:
    """The smallest of 1, 2, 5, 10, 20 and so on that reaches the highest value in few lines."""
    ten = 1
    while True:
        for step in _STEPS_OF_TEN:
            if highest <= _MOST_LINES * step * ten:
                return step * ten
        ten *= 10


def _axes(frame: _Frame) -> list[SafeString]:
    drawn = []
    for value in range(0, frame.ceiling + 1, frame.step):
        y = frame.y(value)
        kind, colour = ("pl", PLAN) if value == 0 else ("gr", GRID)
        drawn.append(
            element(
                "line",
                class_=kind,
                x1=frame.left,
                x2=frame.right,
                y1=y,
                y2=y,
                stroke=colour,
                stroke_width=1,
            )
        )
        drawn.append(text(figure(value), frame.left - 8, y + 4, class_="ax", text_anchor="end", fill=AXIS))
    every = 2 if frame.right - frame.left < 40 * len(frame.points) * 0.8 else 1
    for position, point in enumerate(frame.points):
        if position % every == 0:
            x, y = frame.x(position), frame.bottom + 18
            drawn.append(text(point.label, x, y, class_="ax", text_anchor="middle", fill=AXIS))
    return drawn


def _gap(frame: _Frame) -> list[SafeString]:
    """Tint between the lines where less was done than was due."""
    due = frame.due[: len(frame.done)]
    lower = [(x, max(y, due[n][1])) for n, (x, y) in enumerate(frame.done)]
    if len(due) < 2 or lower == due:
        return []
    corners = _points([*due, *reversed(lower)])
    return [
        element(
            "polygon",
            class_="f-no",
            points=corners,
            fill=FILL[Tone.MISSED],
            fill_opacity=0.13,
        )
    ]


def _line(points, kind: str, colour: str, width: float, dash: str | None = None) -> SafeString:
    return element(
        "polyline",
        class_=kind,
        points=_points(points),
        fill="none",
        stroke=colour,
        stroke_width=f"{width}",
        stroke_dasharray=dash,
        stroke_linejoin="round",
    )


def _dot(x: float, y: float) -> SafeString:
    return element(
        "circle",
        class_="dot",
        cx=x,
        cy=y,
        r="2.6",
        fill=SURFACE,
        stroke=DONE,
        stroke_width="1.75",
    )


def _names(frame: _Frame, due_label: str, done_label: str) -> list[SafeString]:
    """Each line is named where the two lie farthest apart and the names fit: the upper one above, the other below."""
    if not frame.done:
        return [_name(frame, due_label, frame.due, len(frame.due) // 2, above=True, done=False)]
    longest = frame.font.width_of(max(due_label, done_label, key=len)) * 1.15
    fitting = [n for n, (x, _) in enumerate(frame.done) if _fits(frame, x, n, longest)]
    if not fitting:
        return [
            _name(frame, due_label, frame.due, _first_with_room(frame, longest), above=True, done=False),
            _name_after_last(frame, done_label),
        ]
    place = max(fitting, key=lambda n: abs(frame.due[n][1] - frame.done[n][1]))
    due_above = frame.due[place][1] <= frame.done[place][1]
    return [
        _name(frame, due_label, frame.due, place, above=due_above, done=False),
        _name(frame, done_label, frame.done, place, above=not due_above, done=True),
    ]


def _fits(frame: _Frame, x: float, place: int, longest: float) -> bool:
    lowest = max(frame.due[place][1], frame.done[place][1])
    return x - longest >= frame.left and x + longest <= frame.right and lowest + 9 + frame.font.size <= frame.bottom


def _first_with_room(frame: _Frame, longest: float) -> int:
    """The month from the middle on whose name, ending there, stays clear of the figures of the axis."""
    middle = len(frame.due) // 2
    return next((n for n in range(middle, len(frame.due)) if frame.due[n][0] - longest >= frame.left), middle)


def _name_after_last(frame: _Frame, label: str) -> SafeString:
    """While few months are done, the line is named beside its last value, where nothing else is drawn yet.

    Rule: R-CHART-3. Where it would leave the drawing it stands on a line of its own below the value.
    """
    size = frame.font.size
    x, y = frame.done[-1]
    x += frame.font.width_of(figure(frame.points[len(frame.done) - 1].done)) + 16
    base, wide = min(y + size * 0.36, frame.bottom - 4), frame.font.width_of(label) * 1.15
    if x + wide > frame.width:
        x = min(frame.done[-1][0] + 8, frame.width - wide)
        below = base + size * 1.25
        base = below if below <= frame.bottom - 4 else base - size * 1.25
    return text(label, x, base, class_="tk", text_anchor="start", font_weight=600, fill=DONE)


def _name(frame: _Frame, label: str, line, place: int, *, above: bool, done: bool) -> SafeString:
    x, y = line[place]
    return text(
        label,
        x - 8 if above else x + 8,
        y - 9 if above else y + 9 + frame.font.size * 0.75,
        class_="tk" if done else "t2",
        text_anchor="end" if above else "start",
        font_weight=600 if done else None,
        fill=DONE if done else TEXT_2,
    )


def _ends(frame: _Frame) -> list[SafeString]:
    """The last values, written apart when the lines end close together."""
    due_x, due_y = frame.due[-1]
    ends = [[due_x, due_y, frame.points[-1].due, "t2", TEXT_2]]
    if frame.done:
        done_x, done_y = frame.done[-1]
        last = next(point.done for point in reversed(frame.points) if point.done is not None)
        ends.append([done_x, done_y, last, "tk", DONE])
        close = frame.font.size * 1.15
        if done_x == due_x and abs(done_y - due_y) < close:
            middle, way = (done_y + due_y) / 2, 1 if done_y >= due_y else -1
            ends[0][1], ends[1][1] = middle - way * close / 2, middle + way * close / 2
    return [
        text(
            figure(value),
            x + 8,
            y + frame.font.size * 0.36,
            class_=kind,
            font_weight=600,
            fill=colour,
        )
        for x, y, value, kind, colour in ends
    ]


def _described(points: Sequence[MonthPoint], due_label: str, done_label: str) -> str:
    due = ", ".join(f"{point.label} {figure(point.due)}" for point in points)
    done = ", ".join(f"{point.label} {figure(point.done)}" for point in points if point.done is not None)
    return f"{due_label}: {due}. {done_label}: {done or '0'}."


def _points(pairs) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)
