"""How the parties of 2021 were graded: half-way in words, at the year's end by points. All figures are illustrative."""

from datetime import date
from decimal import Decimal

from agencies.models import Agency
from coordination.evaluations import services as evaluations
from coordination.evaluations.enums import CriterionKind, CriterionSource, PartKind, RoundPeriod, SchemeKind
from coordination.evaluations.services import BandDraft, CriterionDraft, CrossMark
from coordination.models import EvaluationRound, GradingScheme, Program, Task
from portal.demo import outcomes
from portal.demo.directory import Cast
from records import clock

CUT_OFF = date(2022, 3, 28)
_HALF_YEAR = {
    "hdnd": "Tốt", "ubnd": "Tốt", "btg": "Tốt", "mttq": "Tốt", "ldld": "Khá", "hnd": "Khá", "pn": "Tốt", "ccb": "Trung bình",
    "dtn": "Khá",
}  # fmt: skip
SELF_SCORES = {
    "hdnd": 96, "ubnd": 92, "btg": 95, "mttq": 94, "ldld": 93, "hnd": 88, "pn": 91, "ccb": 84, "dtn": 90,
}  # fmt: skip
# Rows: who is judged; columns: by hdnd, ubnd, mttq, hnd, pn, ccb, dtn. The Labour Federation has not sent its sheet.
_RATERS = ("hdnd", "ubnd", "mttq", "hnd", "pn", "ccb", "dtn")
_CROSS = {
    "hdnd": (None, 96, 97, 95, 96, 94, 94),
    "ubnd": (92, None, 91, 86, 90, 88, 93),
    "mttq": (94, 93, None, 95, 94, 92, 91),
    "ldld": (93, 92, 94, 93, 95, 92, 92),
    "hnd": (84, 85, 86, None, 88, 84, 87),
    "pn": (92, 91, 93, 92, None, 90, 92),
    "ccb": (80, 79, 83, 82, 81, None, 83),
    "dtn": (88, 89, 90, 88, 90, 88, None),
}
_BETWEEN_THE_TWO = (("btg", "ubnd", Decimal("94.8")), ("ubnd", "btg", Decimal("90")))
_VERIFIED = ("hdnd", "btg", "mttq", "ccb")


def grade_half_year(cast: Cast, programs: dict[str, Program]) -> EvaluationRound:
    """The first half of 2021 in words: each agency grades itself, the Office verifies, the chairmen conclude."""
    with clock.standing_at(clock.at(date(2021, 6, 15), 8)):
        scheme = evaluations.create_scheme(cast.units["DH"], actor=cast.secretary, draft=_in_words())
        half = evaluations.open_round(
            cast.units["DH"], actor=cast.secretary, year=2021, period=RoundPeriod.HALF, part=1,
            programs=list(programs.values()), scheme=scheme, forms_due_on=date(2021, 6, 22),
        )  # fmt: skip
    with clock.standing_at(clock.at(date(2021, 6, 21), 15)):
        for code, grade in _HALF_YEAR.items():
            evaluations.submit_self(half, actor=cast.official_of(code), agency=cast.agencies[code], grade=grade)
    with clock.standing_at(clock.at(date(2021, 6, 25), 9)):
        for code, grade in _HALF_YEAR.items():
            evaluations.verify(half, actor=cast.secretary, agency=cast.agencies[code], grade=grade)
    outcomes.find_half_way(cast, half)
    with clock.standing_at(clock.at(date(2021, 6, 30), 9)):
        _conclude(cast, half)
        half = evaluations.close_round(half, actor=cast.secretary, narrative="Sơ kết 6 tháng đầu năm 2021 (minh họa).")
    with clock.standing_at(clock.at(date(2021, 8, 10), 9)):
        evaluations.correct_result(
            half, actor=cast.members["chu-tich-ubnd"], agency=cast.agencies["hnd"], grade="Tốt",
            reason="Báo cáo 6 tháng của Hội Nông dân gửi đúng hạn nhưng chưa được tính khi thẩm định (minh họa).",
        )  # fmt: skip
    return half


def grade_2021(cast: Cast, programs: dict[str, Program]) -> EvaluationRound:
    """The year by points: every agency judges itself, the parties judge each other, the Office begins to verify."""
    with clock.standing_at(clock.at(date(2022, 3, 1), 9)):
        scheme = evaluations.create_scheme(cast.units["DH"], actor=cast.secretary, draft=_by_points())
        year = evaluations.open_round(
            cast.units["DH"], actor=cast.secretary, year=2021, programs=list(programs.values()), scheme=scheme,
            cut_off_on=CUT_OFF, forms_due_on=date(2022, 3, 31),
        )  # fmt: skip
    with clock.standing_at(clock.at(date(2022, 3, 14), 10)):
        for code, score in SELF_SCORES.items():
            sheet = _sheet(scheme, score, _evidence(year, cast.agencies[code]))
            evaluations.submit_self(year, actor=cast.official_of(code), agency=cast.agencies[code], scores=sheet)
    with clock.standing_at(clock.at(date(2022, 3, 24), 10)):
        _cross_evaluate(cast, year)
    with clock.standing_at(clock.at(date(2022, 3, 28), 14)):
        for code in _VERIFIED:
            _verify(cast, year, scheme, code)
    return year


def prepare_next_scheme(cast: Cast, scheme: GradingScheme) -> GradingScheme:
    """The next version, not used yet: task results fill a criterion in, the best grade has a cap, bonus and penalty."""
    with clock.standing_at(clock.at(date(2022, 3, 29), 15)):
        copy = evaluations.copy_scheme(scheme, actor=cast.secretary)
        draft = _by_points(
            basis="Dự kiến áp dụng từ năm 2022 (minh họa)",
            bands=[
                BandDraft("Hoàn thành xuất sắc", 95, "ok", 20),
                BandDraft("Hoàn thành tốt", 85, "ok"),
                BandDraft("Hoàn thành", 70, "run"),
                BandDraft("Chưa hoàn thành", 0, "bad"),
            ],
            criteria=[
                CriterionDraft("Hoàn thành nhiệm vụ chủ trì đúng hạn", 40, source=CriterionSource.RESULTS),
                CriterionDraft("Phối hợp với các bên", 30),
                CriterionDraft("Thông tin, báo cáo, minh chứng", 30),
                CriterionDraft("Sáng kiến, mô hình hiệu quả", 5, CriterionKind.BONUS),
                CriterionDraft("Báo cáo chậm từ hai lần", 10, CriterionKind.PENALTY),
            ],
        )
        return evaluations.edit_scheme(copy, actor=cast.secretary, draft=draft, revision=copy.revision)


def _in_words() -> evaluations.SchemeDraft:
    grades = (("Tốt", "ok"), ("Khá", "run"), ("Trung bình", "wait"), ("Yếu", "bad"))
    return evaluations.SchemeDraft(
        name="Xếp loại sơ kết (minh họa)",
        kind=SchemeKind.WORDS,
        bands=[BandDraft(label, None, tone) for label, tone in grades],
        asks_cross=False,
        difference_from=Decimal(1),
        spread_from=Decimal(2),
    )


def _by_points(**changes) -> evaluations.SchemeDraft:
    facts = {
        "name": "Thang điểm phối hợp (minh họa)",
        "parts": {PartKind.RESULTS: 50, PartKind.SELF: 20, PartKind.CROSS: 30},
        "bands": [
            BandDraft("Hoàn thành tốt", 90, "ok"),
            BandDraft("Hoàn thành", 70, "run"),
            BandDraft("Chưa hoàn thành", 0, "bad"),
        ],
        "criteria": [
            CriterionDraft("Hoàn thành nhiệm vụ chủ trì đúng hạn", 40),
            CriterionDraft("Phối hợp với các bên", 30),
            CriterionDraft("Thông tin, báo cáo, minh chứng", 30),
        ],
    }
    return evaluations.SchemeDraft(**(facts | changes))


def _conclude(cast: Cast, half: EvaluationRound) -> None:
    """The chairman of the Committee concludes on the others, the chairman of the Council on the Committee."""
    others = [CrossMark(cast.agencies[code], grade=grade) for code, grade in _HALF_YEAR.items() if code != "ubnd"]
    evaluations.conclude_sheet(half, actor=cast.members["chu-tich-ubnd"], marks=others)
    own = [CrossMark(cast.agencies["ubnd"], grade=_HALF_YEAR["ubnd"])]
    evaluations.conclude_sheet(half, actor=cast.members["chu-tich-hdnd"], marks=own)


def _evidence(year: EvaluationRound, agency: Agency) -> list[str]:
    """The codes of the first two tasks an agency led."""
    led = Task.objects.filter(program__evaluation_rounds=year).led_by([agency.pk])
    return list(led.order_by("code").values_list("code", flat=True)[:2])


def _sheet(scheme: GradingScheme, score: int, cited: list[str], reason: str = "") -> list[evaluations.CriterionPoints]:
    """Points by criterion: what is short of the full mark is taken from the first one."""
    first, *others = scheme.criteria.order_by("position")
    full = [evaluations.CriterionPoints(criterion, Decimal(criterion.max_points)) for criterion in others]
    points = Decimal(first.max_points - (100 - score))
    return [evaluations.CriterionPoints(first, points, reason, tuple(cited)), *full]


def _verify(cast: Cast, year: EvaluationRound, scheme: GradingScheme, code: str) -> None:
    """The Office agrees with what it has verified so far, but for two points of one agency."""
    score = SELF_SCORES[code] - (2 if code == "ccb" else 0)
    reason = "Hai nhiệm vụ chưa đủ minh chứng (minh họa)." if code == "ccb" else ""
    sheet = _sheet(scheme, score, [], reason)
    evaluations.verify(year, actor=cast.secretary, agency=cast.agencies[code], scores=sheet)


def _cross_evaluate(cast: Cast, year: EvaluationRound) -> None:
    given = [
        (judged, rater, Decimal(score))
        for judged, scores in _CROSS.items()
        for rater, score in zip(_RATERS, scores, strict=True)
        if score is not None
    ]
    for judged, rater, score in [*given, *_BETWEEN_THE_TWO]:
        evaluations.submit_cross(
            year, actor=cast.official_of(rater), agency=cast.agencies[judged], by_agency=cast.agencies[rater],
            score=score,
        )  # fmt: skip
