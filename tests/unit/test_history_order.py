"""What an entry of the log tells reads alike in whatever order a database gives its values back."""

import pytest

from coordination.evaluations.enums import PartKind
from coordination.evaluations.queries.history import SCHEME
from coordination.programs.enums import SignatureMethod
from coordination.programs.queries.history import WORDS

PLAN = {
    "Thường trực HĐND huyện": [2, SignatureMethod.DIGITAL.value, True],
    "UBND huyện": [1, SignatureMethod.PAPER.value, False],
    "Ban Tuyên giáo": [2, SignatureMethod.DIGITAL.value, False],
}
WEIGHTS = {PartKind.CROSS.value: "30", PartKind.RESULTS.value: "50", PartKind.SELF.value: "20"}


@pytest.mark.parametrize(
    ("word", "value", "begins"), [(WORDS["signing_plan"], PLAN, "UBND huyện: 1"), (SCHEME["parts"], WEIGHTS, "Kết quả")]
)
def test_values_are_told_in_their_own_order(word, value: dict, begins: str):
    told = {word.write(dict(order)) for order in (value.items(), reversed(value.items()), sorted(value.items()))}
    assert len(told) == 1
    assert told.pop().startswith(begins)
