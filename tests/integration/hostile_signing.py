"""The forms around a version that is being signed, for `hostile_doors`."""

from tests.integration.hostile_stage import Door, at

_KEEPER = "thu-ky"
_PLAN = at("coordination:program-signing-plan", program=lambda stage: stage.signing.slug)
SIGNING = {
    "signing planned": Door(_KEEPER, _PLAN, ("rank-{slot}", "planned-{slot}")),
    "last day for signing": Door(_KEEPER, _PLAN, ("until",), {"until": "15/4/2022"}),
    "version taken back": Door(_KEEPER, _PLAN, ("recall-reason",), {"recall-reason": "Quá hạn ký"}),
}
