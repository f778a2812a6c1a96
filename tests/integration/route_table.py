"""The expected answers of `test_routes`, one row a route: GET by each person, POST by each person."""

# Column -> account of the story (None: nobody signed in).
PEOPLE = {
    "nobody": None,
    "official of the office": "chuyen-vien-tong-hop",
    "official of another party": "chuyen-vien-hnd",
    "leader": "chu-tich-ubnd",
    "secretary who drafts": "thu-ky",
    "commune that coordinates": "can-bo-xa-tan-binh",
    "secretary of another unit": "thu-ky-hai-ha",
    "system administrator": "quan-tri",
}

_PROGRAM, _CONFERENCE, _TASK, _YEAR = (
    {"program": "program"}, {"conference": "conference"}, {"task": "task"}, {"year": "year"},
)  # fmt: skip
OBJECTS = {
    "agencies:agency-detail": {"unit": "unit", "agency": "agency"},
    **{f"coordination:conference-{page}": _CONFERENCE for page in (
        "agenda", "close", "conclusions", "detail", "documents", "minutes", "open", "people", "speech",
    )},
    "coordination:conference-item": {**_CONFERENCE, "position": "position"},
    "coordination:conference-task": {**_CONFERENCE, "position": "position"},
    **{f"coordination:evaluation-{page}": _YEAR for page in ("close", "cross", "detail", "finding", "self")},
    "coordination:evidence-download": {"pk": "evidence"},
    **{f"coordination:program-{page}": _PROGRAM for page in (
        "detail", "documents", "edit", "history", "number", "section-add", "signing", "step", "tasks",
    )},
    **{f"coordination:program-{page}": {**_PROGRAM, "slot": "slot"} for page in ("return", "scan", "sign", "signer")},
    "coordination:program-section-edit": {**_PROGRAM, "section": "section"},
    **{f"coordination:task-{page}": _TASK for page in ("confirm", "detail", "edit", "extend", "progress")},
    "reports:conference-report-pdf": _CONFERENCE,
    "reports:issue-conference-report": _CONFERENCE,
    "reports:issue-program": _PROGRAM,
    "reports:program-pdf": _PROGRAM,
    "reports:document-pdf": {"pk": "document"},
}  # fmt: skip

TABLE = {}
