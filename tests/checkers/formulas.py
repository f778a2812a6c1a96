"""A workbook reckoned anew: the few formulas the portal writes, worked out from the cells and nothing else.

Why beside the portal: a formula that says something else than the value written with it must be found here.
"""

import io
import re
import zipfile
from xml.etree import ElementTree

_NS = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"^\(?\$?([A-Z]+)\$?(\d+)\)?$")
_RANGE = r"(?:'(?P<sheet{n}>[^']+)'!)?\$?(?P<col{n}>[A-Z]+)\$?(?P<first{n}>\d+):\$?[A-Z]+\$?(?P<last{n}>\d+)"
_SUM = re.compile(rf"^SUM\({_RANGE.format(n=1)}\)$")
_ROW_SUM = re.compile(r"^SUM\(([A-Z])(\d+):([A-Z])\2\)$")
_COUNT = re.compile(rf"^COUNTIF\({_RANGE.format(n=1)},(?P<cell>[A-Z$]+\d+)\)$")
_BOTH = re.compile(
    rf"^SUMPRODUCT\(\({_RANGE.format(n=1)}=(?P<one>[A-Z$\d]+)\)\*\({_RANGE.format(n=2)}=(?P<two>[A-Z$\d]+)\)\)$"
)
_RATE = re.compile(r'^IF\((?P<whole>[A-Z]\d+)=0,"(?P<none>[^"]*)",(?P<part>[^/]+)/(?P=whole)\)$')


class Book:
    """Values and formulas of a workbook by sheet and cell. `changed` cells stand in for those that were written."""

    def __init__(self, content: bytes):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            names = {name: file.read(name) for name in file.namelist()}
        book = ElementTree.fromstring(names["xl/workbook.xml"])
        links = {
            link.get("Id"): link.get("Target") for link in ElementTree.fromstring(names["xl/_rels/workbook.xml.rels"])
        }
        self._strings = _strings(names.get("xl/sharedStrings.xml"))
        self.written: dict[str, dict[str, object]] = {}
        self.formulas: dict[str, dict[str, str]] = {}
        for sheet in book.find("x:sheets", _NS):
            root = ElementTree.fromstring(names[f"xl/{links[sheet.get(_REL)]}"])
            self._read(sheet.get("name"), root)
        self.changed: dict[tuple[str, str], object] = {}

    def value(self, sheet: str, cell: str) -> object:
        """What a cell comes to, its formula worked out anew."""
        if (sheet, cell) in self.changed:
            return self.changed[sheet, cell]
        formula = self.formulas[sheet].get(cell)
        return self._worked_out(sheet, formula) if formula else self.written[sheet].get(cell, "")

    def rows(self, sheet: str) -> list[list[object]]:
        """The values as they were written, row by row, without working anything out."""
        found: dict[int, list[object]] = {}
        for name, value in self.written[sheet].items():
            found.setdefault(int(_CELL.match(name)[2]), []).append(value)
        return [found[number] for number in sorted(found)]

    def _read(self, name: str, root: ElementTree.Element) -> None:
        self.written[name], self.formulas[name] = {}, {}
        for cell in root.iter(f"{{{_NS['x']}}}c"):
            kind, value, formula = cell.get("t"), cell.find("x:v", _NS), cell.find("x:f", _NS)
            if formula is not None:
                self.formulas[name][cell.get("r")] = formula.text
            text = None
            if value is not None:
                text = {"str": str, "s": lambda at: self._strings[int(at)]}.get(kind, float)(value.text)
            if text is not None:
                self.written[name][cell.get("r")] = text

    def _worked_out(self, sheet: str, formula: str) -> object:
        if found := _ROW_SUM.match(formula):
            letters = [chr(code) for code in range(ord(found[1]), ord(found[3]) + 1)]
            return sum(self.value(sheet, f"{letter}{found[2]}") for letter in letters)
        if found := _SUM.match(formula):
            return sum(self._column(sheet, found, 1))
        if found := _COUNT.match(formula):
            wanted = self.value(sheet, found["cell"].replace("$", ""))
            return sum(value == wanted for value in self._column(sheet, found, 1))
        if found := _BOTH.match(formula):
            one, two = (self.value(sheet, found[key].replace("$", "")) for key in ("one", "two"))
            pairs = zip(self._column(sheet, found, 1), self._column(sheet, found, 2), strict=True)
            return sum(pair == (one, two) for pair in pairs)
        if found := _RATE.match(formula):
            whole = self.value(sheet, found["whole"])
            parts = [self.value(sheet, cell) for cell in found["part"].strip("()").split("+")]
            return sum(parts) / whole if whole else found["none"]
        raise AssertionError(f"a formula nobody knows: {formula}")

    def _column(self, sheet: str, found: re.Match, n: int) -> list[object]:
        of, letter = found[f"sheet{n}"] or sheet, found[f"col{n}"]
        numbers = range(int(found[f"first{n}"]), int(found[f"last{n}"]) + 1)
        return [self.value(of, f"{letter}{number}") for number in numbers]


def _strings(content: bytes | None) -> list[str]:
    root = ElementTree.fromstring(content) if content else []
    return ["".join(part.text or "" for part in one.iter(f"{{{_NS['x']}}}t")) for one in root]
