"""Every figure has words, a home in SQL, a rule with its test, and one denominator wherever it is told."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from coordination.figures.definitions import COUNTED, CUT_OFF, DEFINITIONS, Definition
from coordination.figures.tally import DATED, DONE, DUE, Tally, YearFigures
from coordination.tasks.enums import Bucket
from reports.composed.values import MEASURES

EACH = pytest.mark.parametrize("one", DEFINITIONS.values(), ids=lambda one: one.key)
# Each bucket a different power of two: a sum says which buckets it is made of.
COUNTS = {bucket: 2**place for place, bucket in enumerate(Bucket)}


@EACH
def test_it_has_words_a_rule_and_a_home(one: Definition):
    assert str(one.name) and str(one.counts).endswith(".")
    rules = (Path(settings.ROOT) / "docs" / "rules.md").read_text()
    assert re.search(rf"^\| {one.rule} \|", rules, re.MULTILINE)
    assert hasattr(YearFigures, one.home) or one.home in YearFigures.__dataclass_fields__
    assert not one.is_share or one.out_of in DEFINITIONS


def test_words_are_told_once():
    assert len({str(one.name) for one in DEFINITIONS.values()}) == len(DEFINITIONS)
    assert str(CUT_OFF) and str(COUNTED)


def test_shares_are_out_of_what_they_say():
    tally = Tally(COUNTS)
    wholes = {"due": DUE, "done": DONE, "total": DATED}
    for key, buckets in wholes.items():
        assert getattr(tally, DEFINITIONS[key].home) == sum(COUNTS[bucket] for bucket in buckets)
    for key, part in (("on_time_rate", "on_time"), ("done_rate", "done")):
        whole = getattr(tally, DEFINITIONS[DEFINITIONS[key].out_of].home)
        assert float(getattr(tally, DEFINITIONS[key].home)) == pytest.approx(100 * getattr(tally, part) / whole)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_a_token_of_a_report_is_a_figure_that_is_defined(measure):
    homes = {one.home for one in DEFINITIONS.values()}
    assert measure.count in homes
    if measure.is_share:
        shares = {"on_time": "on_time_rate", "done": "done_rate"}
        assert DEFINITIONS[shares[measure.count]].out_of == measure.whole
