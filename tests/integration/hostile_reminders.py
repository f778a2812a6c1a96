"""The forms of reminders and working days for `hostile_doors`."""

from tests.integration.hostile_stage import Door, at

REMINDERS = {
    "rhythm of letters": Door(
        "chuyen-vien-hnd", at("coordination:reminder-settings"), ("rhythm",), {"rhythm": "weekly"}
    ),
    "figures of the week": Door("chuyen-vien-hnd", at("reports:weekly-settings"), ("wanted",), {"wanted": "yes"}),
    "rules of reminding": Door(
        "thu-ky",
        at("coordination:reminder-rules"),
        ("days_before", "on_the_day", "every_days", "leaders_after"),
        {"days_before": "10, 5, 2", "on_the_day": "on", "every_days": "2", "leaders_after": "3"},
        also=("thu-ky-tuyen-giao", "thu-ky-hai-ha"),
    ),
    "working day": Door(
        "quan-tri",
        at("agencies:workday-list"),
        ("day", "kind"),
        {"day": "25/4/2022", "kind": "swapped", "name": "Hoán đổi"},
    ),
}
