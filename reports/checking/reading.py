"""Taking a finished PDF apart into what a reader with a ruler sees.

Why read the file again instead of asking the engine: what is checked is what leaves the portal, whoever drew it.
Units: PDF points from the upper left corner of a page, which is how papers are measured.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from reports.checking.fonts import Font, fonts_of
from reports.checking.sheets import DrawnRule, Line, Sheet

# In parts of the size: a wider gap parts two columns, a narrower one two words.
_COLUMN_GAP, _WORD_GAP = 2.2, 0.18
_SAME_BASELINE = 2.0
_THIN, _SHORTEST_RULE, _HAIR = 2.2, 12.0, 0.5
_BLACK = {(0.0,), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0)}
_DEEPEST = 4

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
_UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def taken_apart(content: bytes) -> Sheet:
    """A PDF as it is read. Only what the portal's engine draws is understood: text in fonts that name their letters."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        lines: list[Line] = []
        rules: list[DrawnRule] = []
        sizes = []
        for number, page in enumerate(pdf.pages, start=1):
            left, bottom, right, top = (float(side) for side in page.MediaBox)
            sizes.append((right - left, top - bottom))
            reader = _PageReader(number, top - bottom)
            reader.read(page, page.get("/Resources"), _UNMOVED, 0)
            lines += _joined(reader.runs)
            rules += reader.rules
        fonts, bare = fonts_of(pdf)
        return Sheet(
            sizes=tuple(sizes),
            lines=tuple(lines),
            rules=tuple(rules),
            fonts=frozenset(fonts),
            not_embedded=frozenset(bare),
            language=str(pdf.Root.get("/Lang", "")),
            title=str(pdf.docinfo.get("/Title", "")) if "/Info" in pdf.trailer else "",
            is_tagged="/StructTreeRoot" in pdf.Root and bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)),
        )


@dataclass
class _State:
    """What q keeps and Q brings back."""

    matrix: Matrix
    is_black: bool = True
    font: Font | None = None
    size: float = 0.0


class _PageReader:
    """Walks the drawing commands of a page and notes runs of letters and thin lines."""

    def __init__(self, page: int, height: float):
        self.page, self.height = page, height
        self.runs: list[Line] = []
        self.rules: list[DrawnRule] = []
        self._fonts: dict[object, Font] = {}

    def read(self, stream: pikepdf.Object, resources: pikepdf.Object | None, matrix: Matrix, depth: int) -> None:
        state, kept, text, path, points = _State(matrix), [], _UNMOVED, [], []
        for operands, operator in _commands(stream):
            match operator:
                case "q":
                    kept.append(_State(**vars(state)))
                case "Q":
                    state = kept.pop() if kept else state
                case "cm":
                    state.matrix = _times(tuple(map(float, operands)), state.matrix)
                case "g" | "rg" | "k" | "sc" | "scn":
                    state.is_black = _is_black(operands)
                case "BT":
                    text = _UNMOVED
                case "Tm":
                    text = tuple(map(float, operands))
                case "Td":
                    text = _times((1.0, 0.0, 0.0, 1.0, *map(float, operands)), text)
                case "Tf":
                    state.font, state.size = self._font(resources, operands[0]), float(operands[1])
                case "TJ" | "Tj":
                    self._note(operands[0] if operator == "TJ" else operands, state, _times(text, state.matrix))
                case "re":
                    path.append(tuple(map(float, operands)))
                case "m" | "l":
                    points.append(tuple(map(float, operands)))
                case "f" | "F" | "f*" | "n" | "S" | "s" | "B" | "B*" | "b" | "b*":
                    self._note_path(operator, path, points, state.matrix)
                    path, points = [], []
                case "Do" if depth < _DEEPEST:
                    self._enter(resources, operands[0], state.matrix, depth)

    def _enter(self, resources: pikepdf.Object | None, name: pikepdf.Object, matrix: Matrix, depth: int) -> None:
        form = resources.XObject.get(str(name)) if resources is not None and "/XObject" in resources else None
        if form is not None and form.get("/Subtype") == "/Form":
            own = tuple(float(part) for part in form.get("/Matrix", _UNMOVED))
            self.read(form, form.get("/Resources", resources), _times(own, matrix), depth + 1)

    def _font(self, resources: pikepdf.Object, name: pikepdf.Object) -> Font:
        font = resources.Font[str(name)]
        if font.objgen not in self._fonts:
            self._fonts[font.objgen] = Font(font)
        return self._fonts[font.objgen]

    def _note(self, pieces, state: _State, matrix: Matrix) -> None:
        """Letters from where the text stands, moved on by their widths and by what the command adds between them."""
        if state.font is None:
            return
        scale = (matrix[0] ** 2 + matrix[1] ** 2) ** 0.5
        size = state.size * scale
        x, base = matrix[4], self.height - matrix[5]
        if abs(matrix[1]) > 0.01:
            return  # written upwards, such as a watermark
        text, left, right = "", x, x
        for piece in pieces:
            if not isinstance(piece, pikepdf.String):
                gap = -float(piece) / 1000 * size
                x += gap
                text += " " if text and gap > _WORD_GAP * size and not text.endswith(" ") else ""
                continue
            for letter, width in state.font.glyphs(bytes(piece)):
                x += width * size
                text += letter
                right = x if letter.strip() else right
        if text.strip():
            self.runs.append(
                Line(self.page, text, left, right, base, round(size * 4) / 4, state.font.name, state.is_black)
            )

    def _note_path(self, operator: str, path: list[Box], points: list[tuple], matrix: Matrix) -> None:
        """Thin lines among what is painted: thin boxes, the rim between two boxes, strokes from point to point."""
        if operator == "n":
            return
        for box in _rims(path) if operator == "f*" and len(path) == 2 else path:
            self._note_rule(box, matrix)
        if operator in ("S", "s") and len(points) == 2 and points[0][1] == points[1][1]:
            (left, level), (right, _level) = sorted(points)
            self._note_rule((left, level, right - left, _HAIR), matrix)

    def _note_rule(self, box: Box, matrix: Matrix) -> None:
        x, y, width, height = box
        left, top = _moved(x, y, matrix)
        right, bottom = _moved(x + width, y + height, matrix)
        if 0 < abs(top - bottom) <= _THIN and abs(right - left) >= _SHORTEST_RULE:
            self.rules.append(DrawnRule(self.page, min(left, right), max(left, right), self.height - max(top, bottom)))


def _commands(stream: pikepdf.Object) -> Iterator[tuple[list, str]]:
    wanted = "q Q cm g rg k sc scn BT Tm Td Tf TJ Tj re m l f F f* n S s B B* b b* Do"
    for operands, operator in pikepdf.parse_content_stream(stream, wanted):
        yield operands, str(operator)


def _joined(runs: list[Line]) -> list[Line]:
    """Runs side by side on one baseline as one line; a wide gap begins another column."""
    lines: list[Line] = []
    for run in runs:
        last = lines[-1] if lines else None
        if last is None or not _continues(last, run):
            lines.append(run)
            continue
        gap = run.left - last.right
        space = " " if gap > _WORD_GAP * run.size and not last.text.endswith(" ") else ""
        longer = last if len(last.text.strip()) >= len(run.text.strip()) else run
        lines[-1] = Line(
            page=last.page,
            text=last.text + space + run.text,
            left=last.left,
            right=run.right,
            base=longer.base,
            size=longer.size,
            font=longer.font,
            is_black=last.is_black and run.is_black,
        )
    return [_tidied(line) for line in lines]


def _continues(last: Line, run: Line) -> bool:
    gap = run.left - last.right
    level = abs(last.base - run.base) < _SAME_BASELINE
    return level and -run.size / 2 < gap < _COLUMN_GAP * max(run.size, last.size)


def _tidied(line: Line) -> Line:
    return Line(**{**vars(line), "text": " ".join(line.text.split())})


def _rims(path: list[Box]) -> list[Box]:
    """The strips above and below between an inner and an outer box, which is how borders are painted."""
    (left, top, width, height), (_left, outer_top, _width, outer_height) = sorted(path, key=lambda box: box[3])
    below = (outer_top + outer_height) - (top + height)
    return [(left, outer_top, width, top - outer_top), (left, top + height, width, below)]


def _is_black(operands: list) -> bool:
    try:
        return tuple(float(part) for part in operands) in _BLACK
    except (TypeError, ValueError):
        return False


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
