"""What the addresses of `test_routes` carry, and the expected answers of docs/routes.txt in short.

A new route needs its parts in OBJECTS, where it has some, and its row in docs/routes.txt for every state its object can
be in. `PROPOSE_RIGHTS=<folder> pytest tests/integration/test_routes.py -k every_route` writes the answers given now in
that folder, to be compared and reviewed line by line.
"""

from portal.permissions_page.routes import NO_STATE, read

_PROGRAM, _CONFERENCE, _TASK, _YEAR = (
    {"program": "program"}, {"conference": "conference"}, {"task": "task"}, {"year": "year"},
)  # fmt: skip
OBJECTS = {
    **{f"agencies:agency-{page}": {"unit": "unit", "agency": "agency"} for page in (
        "contact", "correct", "detail", "edit", "history",
    )},
    **{f"agencies:office-{page}": {"unit": "unit", "agency": "kept_agency"} for page in ("add", "list")},
    **{f"agencies:office-{page}": {"unit": "unit", "agency": "kept_agency", "office": "office"} for page in (
        "appoint", "close", "edit",
    )},
    **{f"agencies:holding-{page}": {"unit": "unit", "agency": "kept_agency", "holding": "holding"} for page in (
        "correct", "end",
    )},
    **{f"agencies:certificate-{page}": {"unit": "unit", "agency": "kept_agency"} for page in ("add", "list")},
    "agencies:certificate-end": {"unit": "unit", "agency": "kept_agency", "certificate": "certificate"},
    **{f"agencies:person-{page}": {"pk": "person"} for page in ("detail", "rename")},
    **{f"agencies:user-{page}": {"pk": "account"} for page in (
        "detail", "invite-again", "restore", "role", "suspend",
    )},
    **{f"agencies:user-{page}": {"pk": "account", "role": "membership"} for page in ("move", "role-end")},
    "agencies:log-entry": {"sequence": "entry"},
    **{name: {"pk": "job"} for name in ("job", "job-file", "job-retry", "job-state")},
    "reports:papers-of-year": _YEAR,
    "agencies:unit-detail": {"unit": "unit"},
    "reports:level": {"unit": "unit"},
    "agencies:unit-name": {"unit": "unit", "name": "unit_name"},
    **{f"coordination:conference-{page}": _CONFERENCE for page in (
        "agenda", "close", "conclusions", "detail", "documents", "history", "minutes", "open", "people", "speech",
    )},
    **{f"coordination:conference-{page}": _CONFERENCE for page in ("edit", "invite", "roll-call", "seat", "send")},
    **{f"coordination:conference-{page}": {**_CONFERENCE, "number": "invitation"} for page in (
        "answer", "invitation", "mark", "withdraw",
    )},
    **{f"coordination:conference-{page}": {**_CONFERENCE, "number": "position"} for page in (
        "agenda-item", "agenda-move", "agenda-remove", "floor", "item", "item-papers", "speech-edit", "step",
    )},
    **{f"coordination:conference-{page}": {**_CONFERENCE, "pk": "agenda_paper"} for page in ("paper", "paper-detach")},
    **{f"coordination:conference-{page}": _CONFERENCE for page in (
        "commend", "heard-add", "photo-add", "press-add", "records",
    )},
    **{f"coordination:conference-commendation{page}": {**_CONFERENCE, "pk": "commendation"} for page in (
        "", "-grant", "-refuse", "-withdraw",
    )},
    **{f"coordination:conference-heard-{page}": {**_CONFERENCE, "pk": "heard"} for page in ("edit", "remove")},
    **{f"coordination:conference-photo-{page}": {**_CONFERENCE, "pk": "photo"} for page in (
        "edit", "file", "move", "remove", "small",
    )},
    **{f"coordination:conference-press-{page}": {**_CONFERENCE, "pk": "press_account"} for page in ("edit", "remove")},
    "reports:projection": _CONFERENCE,
    "reports:projection-worker": _CONFERENCE,
    "coordination:conference-task": {**_CONFERENCE, "position": "position"},
    "coordination:conference-triage": _CONFERENCE,
    **{f"coordination:conference-{page}": {**_CONFERENCE, "position": "position"} for page in (
        "conclusion", "conclusion-act", "conclusion-remove", "settle",
    )},
    **{f"coordination:evaluation-{page}": {"key": "year"} for page in (
        "change", "close", "conclude", "cross", "detail", "differences", "finding", "findings", "history", "self",
        "sheet", "verify",
    )},
    **{f"coordination:finding-{page}": {"key": "year", "position": "limitation"} for page in (
        "detail", "edit", "remove",
    )},
    **{f"coordination:limitation-{page}": {"key": "year", "position": "limitation"} for page in (
        "remedy", "reopen", "task", "waive",
    )},
    "coordination:evaluation-correct": {"key": "half_year"},
    **{f"coordination:scheme-{page}": {"scheme": "scheme"} for page in ("copy", "detail", "edit")},
    "coordination:evidence-download": {"pk": "evidence"},
    "coordination:calendar-feed": {"token": "token"},
    "coordination:feed-revoke": {"pk": "feed"},
    **{f"coordination:program-{page}": _PROGRAM for page in (
        "detail", "documents", "edit", "history", "paper-rules", "section-add", "signing", "step", "tasks",
    )},
    **{f"coordination:program-{page}": {**_PROGRAM, "slot": "slot"} for page in ("return", "scan", "sign", "signer")},
    **{f"coordination:program-section-{page}": {**_PROGRAM, "section": "section"} for page in (
        "delete", "draft", "edit", "place", "task",
    )},
    **{f"coordination:program-{page}": _PROGRAM for page in (
        "bases", "new-section-draft", "parties", "paste", "paste-preview", "presence",
    )},
    **{f"coordination:{page}": _PROGRAM for page in ("comment-answer-next", "consultation", "consultation-open")},
    **{f"coordination:{page}": {**_PROGRAM, "round": "round"} for page in (
        "comment-add", "consultation-close", "consultation-extend", "consultation-reply", "consultation-text",
    )},
    **{f"coordination:comment-{page}": {**_PROGRAM, "comment": "comment"} for page in ("answer", "edit", "withdraw")},
    **{f"reports:comment-table-{kind}": {**_PROGRAM, "round": "round"} for kind in ("docx", "pdf")},
    **{f"coordination:task-{page}": _TASK for page in (
        "confirm", "detail", "draft", "edit", "extend", "history", "progress", "restore", "stop",
    )},
    **{f"coordination:task-change{page}": {"change": "change"} for page in ("", "-undo")},
    **{f"coordination:view-{page}": {"view": "view"} for page in ("delete", "edit")},
    "coordination:task-part": {**_TASK, "role": "role"},
    "coordination:task-step": {"task": "step_task", "step": "step"},
    **{f"agencies:group-{page}": {"group": "group"} for page in ("edit", "end")},
    **{f"coordination:reorganisation-{page}": {"act": "act"} for page in (
        "again", "apply", "decision", "detail", "discard", "step-kinds", "undo",
    )},
    **{f"coordination:reorganisation-step-{page}": {"act": "act", "position": "position"} for page in (
        "edit", "remove",
    )},
    **{f"coordination:reorganisation-step-{page}": {"act": "act", "kind": "step_kind"} for page in ("add", "bodies")},
    **{f"coordination:program-{page}": _PROGRAM for page in ("amend", "issue", "number")},
    **{f"coordination:program-{page}": _PROGRAM for page in ("last-day", "recall", "signing-plan")},
    "coordination:program-attest": {**_PROGRAM, "slot": "slot"},
    "coordination:ask-to-sign": _PROGRAM,
    "coordination:ask-to-answer": _CONFERENCE,
    **{f"coordination:program-{page}": _PROGRAM for page in ("agreement", "submission")},
    **{f"coordination:program-{page}": {**_PROGRAM, "party": "party"} for page in ("agree", "agree-letter")},
    "coordination:party-reports": _PROGRAM,
    "coordination:party-report-write": {**_PROGRAM, "agency": "agency", "year": "plan_year"},
    "coordination:party-reports-together": _PROGRAM,
    "coordination:party-report-call": {**_PROGRAM, "year": "plan_year"},
    "coordination:party-reports-ask": {**_PROGRAM, "year": "plan_year"},
    **{f"coordination:party-report-{page}": {"report": "party_report"} for page in ("return", "send", "take-back")},
    "coordination:letter-create": {"addressee": "addressee"},
    **{f"coordination:letter-{page}": {"letter": "letter"} for page in ("detail", "drop", "edit")},
    **{f"coordination:series-{page}": {"series": "series"} for page in ("detail", "explain", "reserve")},
    **{f"coordination:number-{page}": {"series": "series", "number": "number"} for page in ("use", "void")},
    **{f"coordination:program-{page}": _PROGRAM for page in (
        "carry-over", "carry-over-start", "intake", "intake-template", "workbook",
    )},
    **{f"coordination:intake-{page}": {"table": "table"} for page in ("check", "columns", "notes", "undo")},
    "reports:conference-report-pdf": _CONFERENCE,
    "reports:invitations-pdf": _CONFERENCE,
    **{f"reports:{page}": {"kind": "paper_kind", "key": "paper_key"} for page in (
        "check-paper", "issue-paper", "paper-pdf", "paper-preview", "paper-word",
    )},
    "reports:paper-style": {"profile": "layout_profile"},
    "reports:report-begin-conference": _CONFERENCE,
    "reports:report-begin-program": {**_PROGRAM, "year": "plan_year"},
    "reports:report-template": {"agency": "kept_agency", "kind": "report_kind", "key": "template_key"},
    **{f"reports:report-{page}": {"composed": "composed"} for page in (
        "approve", "compose", "figures", "history", "parts", "return", "submit", "take-back",
    )},
    **{f"reports:report-{page}": {"composed": "composed", "block": "block"} for page in (
        "block", "block-settle", "block-words", "part-remove",
    )},
    "reports:issue-program": _PROGRAM,
    "reports:program-pdf": _PROGRAM,
    **{f"reports:signing-{page}": _PROGRAM for page in ("file", "prepare", "round", "withdraw")},
    **{f"reports:signing-{page}": {**_PROGRAM, "field": "field"} for page in ("addresses", "upload")},
    **{f"reports:signing-tool-{page}": {"token": "token"} for page in ("file", "upload")},
    **{f"coordination:program-{page}": _PROGRAM for page in ("comparison", "drift")},
    "coordination:program-version": {**_PROGRAM, "label": "label"},
    "reports:comparison-pdf": {**_PROGRAM, "older": "edition", "newer": "edition"},
    **{f"reports:document-{page}": {"pk": "document"} for page in ("pdf", "withdraw")},
    "reports:verify-code": {"code": "verification_code"},
    "one-time-link": {"token": "token"},
    "device-end": {"pk": "device"},
    "background-run": {"name": "scheduled"},
    "letter-again": {"pk": "letter_given_up"},
    **{route: {"username": "username"} for route in (
        "sign-in-help", "sign-in-help-devices", "sign-in-help-factor", "sign-in-help-link",
    )},
}  # fmt: skip

# Route -> the statuses for GET and for POST, visitor by visitor, for the objects of the sample year.
TABLE = {
    route: (" ".join(given.get), " ".join(given.post))
    for (route, state), given in read().rows.items()
    if state == NO_STATE
}
