"""The forms of reminders and working days for `hostile_doors`."""

from tests.integration.hostile_stage import Door, at

REMINDERS = {
    "rhythm of letters": Door(
        "chuyen-vien-hnd", at("coordination:reminder-settings"), ("rhythm",), {"rhythm": "weekly"}
    ),
    "working day": Door(
        "quan-tri",
        at("agencies:workday-list"),
        ("day", "kind"),
        {"day": "25/4/2022", "kind": "swapped", "name": "Hoán đổi"},
    ),
}
