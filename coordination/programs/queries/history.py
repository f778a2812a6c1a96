"""What happened to a program, in plain words."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from agencies.directory.enums import PaperRules, SigningAuthority
from agencies.models import Membership
from coordination.programs.enums import (
    AgreementGround,
    AmendmentWay,
    ProgramKind,
    ProgramState,
    SignatureMethod,
    SignatureState,
    Stance,
)
from coordination.programs.models import Program
from coordination.programs.permissions import can_view_drafting
from records.audit import history
from records.audit.enums import AuditAction
from records.audit.history import History, Told, Word
from records.audit.models import AuditEntry
from records.audit.queries import entries_about


def _parties(value: Any) -> str:
    """Parties in the order of the letterhead, the leading one marked."""
    lead = _("lead party")
    listed = value if isinstance(value, list) else []
    return "; ".join(
        f"{history.text(one)} ({lead})" if isinstance(one, dict) and one.get("is_lead") else history.text(one)
        for one in listed
    )


def _paper_rules(value: Any) -> str:
    """The rules chosen for the paper, or that it follows the usual ones."""
    return str(PaperRules(value).label) if value in PaperRules.values else _("as usual")


def _texts(value: Any) -> str:
    """Sections that were deleted with what they said, a paragraph each."""
    listed = value if isinstance(value, list) else []
    return "\n".join(f"{one.get('section', '')}: {one.get('body', '')}" for one in listed if isinstance(one, dict))


def _signing_plan(value: Any) -> str:
    """Each party with its rank and its way by rank, such as "UBND huyện: 1, signed digitally, with seal"."""
    listed = value if isinstance(value, dict) else {}
    by_rank = sorted(listed.items(), key=lambda one: (one[1][0], one[0]))
    return "; ".join(
        ", ".join([f"{party}: {rank}", str(SignatureMethod(way).label), *([_("with seal")] if sealed else [])])
        for party, (rank, way, sealed) in by_rank
    )


WORDS = {
    "state": Word(pgettext_lazy("audit", "State"), history.choice(ProgramState)),
    "title": Word(gettext_lazy("Program title"), history.text),
    "short_title": Word(gettext_lazy("Short title"), history.text),
    "kind": Word(gettext_lazy("Kind"), history.choice(ProgramKind)),
    "parties": Word(gettext_lazy("Parties"), _parties),
    "drafting_agency": Word(gettext_lazy("Drafting agency"), history.text),
    "period_start": Word(gettext_lazy("From"), history.day),
    "period_end": Word(gettext_lazy("To"), history.day),
    "based_on": Word(gettext_lazy("Based on"), history.text),
    "continues": Word(gettext_lazy("Continues"), history.text),
    "foundation": Word(gettext_lazy("Paper it rests on"), history.text),
    "legal_bases": Word(gettext_lazy("Legal bases"), history.text),
    "opening": Word(gettext_lazy("Opening sentence"), history.text),
    "section": Word(gettext_lazy("Section"), history.text),
    "body": Word(gettext_lazy("Text"), history.text),
    "text": Word(gettext_lazy("Digest of the text"), history.text),
    "within": Word(gettext_lazy("Part of"), history.text),
    "behind": Word(gettext_lazy("Stands behind"), history.text),
    "section_moved": Word(gettext_lazy("Section"), history.text),
    "section_deleted": Word(gettext_lazy("Section"), history.text),
    "texts": Word(gettext_lazy("Text"), _texts),
    "sections_pasted": Word(gettext_lazy("Sections"), history.text),
    "letterhead_order": Word(gettext_lazy("Order in the letterhead"), history.text),
    "signing_order": Word(gettext_lazy("Order of signing"), history.text),
    "effect_clause": Word(gettext_lazy("Effect"), history.text),
    "place": Word(gettext_lazy("Place of issue"), history.text),
    "paper_rules": Word(gettext_lazy("Rules of the paper"), _paper_rules),
    "recipients": Word(gettext_lazy("Recipients"), history.text),
    "document_number": Word(pgettext_lazy("audit", "Number of the paper"), history.whole),
    "document_symbol": Word(gettext_lazy("Symbol"), history.text),
    "issued_on": Word(gettext_lazy("Day of issue"), history.day),
    "amends": Word(gettext_lazy("Amends"), history.text),
    "amendment": Word(gettext_lazy("Amendment"), history.text),
    "amends_by": Word(gettext_lazy("Way of amending"), history.choice(AmendmentWay)),
    "amendment_number": Word(gettext_lazy("Number of the amendment"), history.whole),
    "consulted_on": Word(gettext_lazy("Sent for comments"), history.day),
    "comments_until": Word(gettext_lazy("Comments until"), history.day),
    "agreed_on": Word(gettext_lazy("Content agreed"), history.day),
    "signed_on": Word(gettext_lazy("Day of signing"), history.day),
    "closed_on": Word(gettext_lazy("Closed on"), history.day),
    "submitted_on": Word(gettext_lazy("Submitted on"), history.day),
    "party": Word(pgettext_lazy("audit", "Party"), history.text),
    "version": Word(gettext_lazy("Version"), history.text),
    "signature": Word(gettext_lazy("Signature"), history.choice(SignatureState)),
    "method": Word(gettext_lazy("Way of signing"), history.choice(SignatureMethod)),
    "attested": Word(gettext_lazy("Scan compared"), history.yes_or_no),
    "signing_plan": Word(gettext_lazy("Order and ways of signing"), _signing_plan),
    "asked_to_sign": Word(gettext_lazy("Reminded to sign"), history.text),
    "sign_until": Word(gettext_lazy("Sign until"), history.day),
    "recalled": Word(gettext_lazy("Version"), history.text),
    "dated_on": Word(gettext_lazy("Day printed on the file"), history.day),
    "signing_file": Word(gettext_lazy("File to sign"), history.text),
    "signed_field": Word(gettext_lazy("Field"), history.text),
    "detail": Word(gettext_lazy("What was found"), history.text),
    "serial": Word(gettext_lazy("Serial number"), history.text),
    "paper_number": Word(gettext_lazy("Number of the paper"), history.text),
    "signing_address": Word(gettext_lazy("Addresses for the signing tool"), history.text),
    "upload_refused": Word(gettext_lazy("Why the file was refused"), history.text),
    "certificate": Word(gettext_lazy("Certificate"), history.text),
    "result": Word(gettext_lazy("Result of the check"), history.text),
    "second_title": Word(gettext_lazy("Second title"), history.text),
    "signer_name": Word(gettext_lazy("Signer"), history.text),
    "authority": Word(gettext_lazy("Signing authority"), history.choice(SigningAuthority)),
    "drafting": Word(gettext_lazy("Drafting agency"), history.text),
    "agreement": Word(pgettext_lazy("audit", "Agreement"), history.choice(Stance)),
    "ground": Word(pgettext_lazy("audit", "Ground"), history.choice(AgreementGround)),
    "words": Word(pgettext_lazy("audit", "Words"), history.text),
    "letter": Word(gettext_lazy("Letter"), history.text),
    "letter_on": Word(gettext_lazy("Day of the letter"), history.day),
    "committee": Word(gettext_lazy("Submitted to"), history.text),
    "opinion": Word(gettext_lazy("Opinion"), history.text),
    "opinion_number": Word(gettext_lazy("Number of the opinion"), history.text),
    "cleared_on": Word(gettext_lazy("Opinion of"), history.day),
    "cancelled_on": Word(gettext_lazy("Cancelled on"), history.day),
    "superseded_on": Word(gettext_lazy("Superseded on"), history.day),
    "signs_through": Word(gettext_lazy("Signs for the party"), history.text),
}
# The codes of the programs it builds on are left to the page, which knows whether the reader sees those.
_NEVER = ("state", "party", "version", "signature", "method", "document_number", "consulted_on", "agreed_on",
          "based_on", "continues", "amends", "amendment", "amends_by", "amendment_number", "issued_on",
          "attested", "asked_to_sign", "signing_plan", "sign_until", "recalled", "dated_on", "signing_file",
          "signing_address", "upload_refused", "certificate", "result", "signed_field", "detail", "serial",
          "paper_number")  # fmt: skip
_OF_A_MOVE = ("comments_until", "committee", "letter", "letter_on", "cleared_on", "opinion", "opinion_number")
_FACTS = tuple(name for name in WORDS if name not in _NEVER)

history.speak("coordination.program", gettext_lazy("Program"), WORDS)
history.speak("coordination.signatureslot", gettext_lazy("Signature"), WORDS)


def history_of(actor: Membership, program: Program, *, before: str = "", after: str = "") -> History:
    """The events of a program, newest first. The caller has already asked whether the actor may see it.

    Rule: R-SEE-1. Outside the parties it begins on the day the text was settled, and what they returned is left out.
    """
    entries = entries_about(program, program.documents.visible_to(actor))
    if not can_view_drafting(actor, program):
        drafting = (ProgramState.CONSULTING, ProgramState.REVISING)
        settled = entries.filter(before__state__in=drafting, after__state=ProgramState.AGREED).first()
        entries = entries.filter(sequence__gte=settled.sequence) if settled else entries.none()
        # Asked with has_key, because a value that is not there would otherwise leave the entry out.
        went_back = Q(before__has_key="state", before__state=ProgramState.SIGNING, after__state=ProgramState.AGREED)
        drafted = Q(after__has_key="state", after__state__in=drafting) | Q(after__has_key="agreement")
        before_party = Q(after__has_key="committee")
        returned = Q(after__has_key="signature", after__signature=SignatureState.RETURNED)
        amending = Q(after__has_key="amendment")
        frozen = Q(action=AuditAction.CHANGED, after__has_key="digest")
        entries = entries.exclude(went_back | drafted | before_party | returned | amending | frozen)
    return history.read(entries, tell, before=before, after=after)


def tell(entry: AuditEntry) -> Told:
    """One entry about a program or one of its papers as a sentence."""
    if entry.action == AuditAction.CREATED:
        return Told(_("Created the program"), shown=("title", "parties", "period_start", "period_end"))
    if entry.action == AuditAction.MOVED:
        return _moved(entry)
    if entry.action == AuditAction.ISSUED and "issued_on" in entry.after:
        return _issued(entry)
    if entry.action == AuditAction.ISSUED:
        return Told(_("Issued the paper"), "ok", shown=())
    if entry.action == AuditAction.CHANGED or "upload_refused" in entry.after:
        return _changed(entry)
    if entry.action == AuditAction.HANDED_OVER:
        text = _("Handed over to the agencies that go on with the work")
        return Told(text, "", shown=("party", "drafting", "signs_through"))
    return Told(str(AuditAction(entry.action).label), shown=_FACTS)


def _changed(entry: AuditEntry) -> Told:
    if (told := _signing(entry)) is not None:
        return told
    if "signature" in entry.after:
        return _signature(entry)
    if "digest" in entry.after:
        return Told(_("Kept the draft as version v%(label)s") % {"label": entry.after["version"]}, shown=())
    if "agreement" in entry.after:
        return _agreement(entry)
    if "signer_name" in entry.after:
        text = _("Named the signer of %(agency)s") % {"agency": entry.after["party"]}
        return Told(text, shown=("signer_name", "title", "authority"))
    if "section" in entry.after:
        text = _("Wrote section %(section)s") if not entry.before else _("Changed section %(section)s")
        return Told(text % {"section": entry.after["section"]}, shown=("section", "body"))
    if "section_moved" in entry.after:
        text = _("Moved section %(section)s") % {"section": entry.after["section_moved"]}
        return Told(text, shown=("within", "behind"))
    if "section_deleted" in entry.after:
        return Told(_("Deleted section %(section)s") % {"section": entry.after["section_deleted"]}, shown=("texts",))
    if "sections_pasted" in entry.after:
        return Told(_("Pasted sections into the text"), shown=("sections_pasted",))
    if {"letterhead_order", "signing_order"} & entry.after.keys():
        return Told(_("Changed the order of the parties"), shown=("letterhead_order", "signing_order"))
    if "amends_by" in entry.after:
        return _amended(entry)
    if "document_number" in entry.after and entry.after["document_number"] is None:
        return Told(_("Voided the number of the paper"), "bad", shown=())
    if "document_number" in entry.after:
        number = f"{entry.after['document_number']:02}/{entry.after['document_symbol']}"
        return Told(_("Gave the number %(number)s") % {"number": number}, "ok", shown=())
    return Told(_("Changed the facts of the program"), shown=_FACTS)


def _issued(entry: AuditEntry) -> Told:
    """That the paper was sent out: when, under which number where there was one, to how many."""
    count = len(entry.after["recipients"].split("\n"))
    told = {"day": history.day(entry.after["issued_on"]), "count": count}
    text = ngettext("Issued on %(day)s to %(count)s recipient", "Issued on %(day)s to %(count)s recipients", count)
    number = entry.after.get("paper_number")
    return Told(f"{text % told}: {number}" if number else text % told, "ok", shown=("recipients",))


def _amended(entry: AuditEntry) -> Told:
    """On the program amended and on the amendment alike; the other one's code is left to the page."""
    way = WORDS["amends_by"].write(entry.after["amends_by"])
    told = {"number": entry.after["amendment_number"], "way": way}
    if "amends" in entry.after:
        return Told(_("This is amendment no. %(number)s: %(way)s") % told, shown=())
    return Told(_("Began amendment no. %(number)s: %(way)s") % told, shown=())


def _moved(entry: AuditEntry) -> Told:
    target = ProgramState(entry.after["state"])
    tone = {"ok": "ok", "wait": "", "run": ""}.get(target.tone, "idle")
    return Told(_("The program is now: %(state)s") % {"state": target.label}, tone, shown=_OF_A_MOVE)


def _agreement(entry: AuditEntry) -> Told:
    """What a party said of the text, and on what ground that was recorded."""
    stance = Stance(entry.after["agreement"])
    told = {"agency": history.text(entry.after["party"]), "stance": stance.label}
    return Told(_("%(agency)s: %(stance)s") % told, stance.tone, shown=("ground", "letter", "letter_on", "words"))


def _signing(entry: AuditEntry) -> Told | None:
    """What happened around a version's signatures: the plan, the file to sign, what was brought back."""
    after = entry.after
    if "signing_plan" in after:
        return Told(_("Set the order and the ways of signing"), shown=("signing_plan",))
    if "asked_to_sign" in after:
        return Told(_("Reminded the parties whose signature is awaited"), shown=("asked_to_sign",))
    if "sign_until" in after:
        return Told(_("Set the last day for signing"), shown=("sign_until",))
    if "upload_refused" in after:
        text = _("A signed file of %(agency)s was refused") % {"agency": after["party"]}
        return Told(text, "bad", shown=("upload_refused",))
    if "signing_address" in after:
        text = _("Gave out addresses for the signing tool of %(agency)s") % {"agency": after["party"]}
        return Told(text, shown=())
    if "signed_field" in after:
        text = _("One signature of %(agency)s was taken; another of it follows") % {"agency": after["party"]}
        return Told(text, "ok", shown=("certificate",))
    if "signing_file" in after:
        is_back = after["dated_on"] is None
        text = _("Took the file to sign back") if is_back else _("Prepared the file to sign")
        return Told(text, shown=() if is_back else ("dated_on", "signing_file"))
    if after.get("attested") is True and "signature" not in after:
        text = _("Compared the scan of %(agency)s with the version") % {"agency": after["party"]}
        return Told(text, "ok", shown=())
    return None


def _signature(entry: AuditEntry) -> Told:
    party = {"agency": entry.after["party"], "version": entry.after["version"]}
    if entry.after["signature"] == SignatureState.RETURNED:
        return Told(_("%(agency)s returned signing version %(version)s") % party, "bad", shown=())
    text = _("%(agency)s signed version %(version)s") % party
    way = WORDS["method"].write(entry.after["method"])
    return Told(f"{text}: {way}, {history.day(entry.after['signed_on'])}", "ok", shown=())
