"""Carrying out on this floor what an act does: units, agencies, their names and places, members, posts, offices."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from django.db import transaction

from agencies.directory.enums import AgencyKind
from agencies.directory.models import Agency, AgencySuccession, OfficeService
from agencies.directory.services import Naming, call_agency, end_agency, found_agency, let_serve
from agencies.people.models import Membership, OfficeHolding, User
from agencies.people.permissions import can_keep_offices
from agencies.people.services import set_up_office
from agencies.reorganisation.enums import ReorganisationState, Subject
from agencies.reorganisation.models import Reorganisation
from agencies.reorganisation.plans import AgencyDraft, AgencyNaming, Ref, UnitDraft
from agencies.reorganisation.queries import Effects, Ground
from agencies.reorganisation.queries.shapes import Founded, MemberMoved, Passed, ServicePassed
from agencies.reorganisation.wording import cited, title_of_head
from agencies.units.models import AdminUnit
from agencies.units.services import call_unit, end_unit, found_unit, place_unit, record_succession
from records import clock
from records.audit.enums import AuditAction
from records.audit.services import record


def lock_accounts(effects: Effects) -> None:
    """Hold the accounts whose roles move, as everyone does who changes a role, before anything else of this floor."""
    moved = [one.membership for one in effects.people.members]
    accounts = User.objects.filter(memberships__in=moved).values("pk")
    list(User.objects.select_for_update(of=("self",)).filter(pk__in=accounts).order_by("pk"))


def lock_bodies(ground: Ground, effects: Effects) -> None:
    """Hold every unit and agency the act reaches, in one order, so that two acts on one body wait for each other."""
    units, agencies = reached(ground, effects)
    list(AdminUnit.objects.select_for_update(of=("self",)).filter(pk__in=units).order_by("pk"))
    list(Agency.objects.select_for_update(of=("self",)).filter(pk__in=agencies).order_by("pk"))


def reached(ground: Ground, effects: Effects) -> tuple[set[int], set[int]]:
    """The units and agencies an act may write: those its steps name, and those below what ends."""
    placed = effects.bodies.placed
    units = {one.body for one in placed if one.subject == Subject.UNIT}
    agencies = {one.body for one in placed if one.subject == Subject.AGENCY}
    return units | set(ground.units), agencies | set(ground.agencies)


@transaction.atomic
def carry_out(act: Reorganisation, effects: Effects, *, actor: Membership) -> dict[Ref, AdminUnit | Agency]:
    """Do to units, agencies and their people what was computed; the bodies founded, by the key they were described by.

    Rule: R-SUCC-2. What ends does so the day before; what begins does so on the day itself.
    Why no permission here: whoever applies the act has been asked.
    """
    work = _Work(act, effects, actor)
    work.found_units()
    work.call_and_place_units()
    work.found_agencies()
    work.call_and_place_agencies()
    work.move_members()
    work.end_posts()
    work.end_bodies()
    work.pass_on()
    work.let_offices_serve()
    return work.founded


@transaction.atomic
def mark_applied(act: Reorganisation, *, actor: Membership, digest: str, told: dict) -> Reorganisation:
    """Record that an act was applied, by whom and as it was previewed."""
    act.state, act.applied_at, act.applied_by, act.digest = ReorganisationState.APPLIED, clock.now(), actor, digest
    act.revision += 1
    entry = record(
        AuditAction.MOVED,
        actor=actor,
        about=act,
        before={"state": str(ReorganisationState.PREPARED)},
        after={"state": str(ReorganisationState.APPLIED), "effective_on": act.effective_on, "digest": digest, **told},
    )
    act.applied_entry = entry.sequence
    act.save()
    return act


@transaction.atomic
def mark_undone(act: Reorganisation, *, actor: Membership, reason: str) -> Reorganisation:
    """Record that an act was taken back, by whom and why."""
    act.state, act.undone_at, act.undone_by, act.undone_because = ReorganisationState.UNDONE, clock.now(), actor, reason
    act.revision += 1
    act.save()
    record(
        AuditAction.UNDONE,
        actor=actor,
        about=act,
        before={"state": str(ReorganisationState.APPLIED)},
        after={"state": str(ReorganisationState.UNDONE), "reason": reason},
    )
    return act


def _superiors_first(founded: Iterable[Founded]) -> list[Founded]:
    """Founded bodies so that each comes after the one it stands below."""
    waiting, ordered = list(founded), []
    while waiting:
        keys = {one.draft.key for one in waiting}
        ready = [one for one in waiting if one.parent not in keys]
        ordered += ready
        waiting = [one for one in waiting if one.parent in keys]
    return ordered


class _Work:
    """One act while it is carried out."""

    def __init__(self, act: Reorganisation, effects: Effects, actor: Membership):
        self.act, self.effects, self.actor = act, effects, actor
        self.day = effects.effective_on
        self.last_day = self.day - timedelta(days=1)
        self.decision = cited(act.number, act.issuing_body)[:200]
        self.basis = cited(act.number, act.issuing_body, act.decided_on)[:300]
        self.founded: dict[Ref, AdminUnit | Agency] = {}

    def unit(self, ref: Ref) -> AdminUnit:
        return self.founded[ref] if isinstance(ref, str) else AdminUnit.objects.get(pk=ref)

    def agency(self, ref: Ref) -> Agency:
        return self.founded[ref] if isinstance(ref, str) else Agency.objects.get(pk=ref)

    def found_units(self) -> None:
        for one in self.effects.bodies.founded:
            if isinstance(draft := one.draft, UnitDraft):
                self.founded[draft.key] = found_unit(
                    code=draft.code,
                    level=draft.level,
                    kind=draft.kind,
                    name=draft.name,
                    bare_name=draft.bare_name,
                    valid_from=self.day,
                    parent=AdminUnit.objects.get(pk=draft.parent) if draft.parent else None,
                    legal_basis=self.basis,
                    is_illustrative=self.act.scope.is_illustrative,
                    actor=self.actor,
                )

    def call_and_place_units(self) -> None:
        terms = {"since": self.day, "legal_basis": self.basis, "actor": self.actor}
        for one in self.effects.bodies.called:
            if one.subject == Subject.UNIT:
                call_unit(self.unit(one.body), **vars(one.naming), **terms)
        for one in self.effects.bodies.placed:
            if one.subject == Subject.UNIT:
                place_unit(self.unit(one.body), self.unit(one.parent), **terms)

    def found_agencies(self) -> None:
        for one in _superiors_first(self.effects.bodies.founded):
            if isinstance(draft := one.draft, AgencyDraft):
                agency = found_agency(
                    self.unit(draft.unit),
                    code=draft.code,
                    kind=draft.kind,
                    kind_label=draft.kind_label if draft.kind == AgencyKind.OTHER else "",
                    naming=self._naming(draft.naming),
                    valid_from=self.day,
                    parent=self.agency(one.parent) if one.parent else None,
                    actor=self.actor,
                )
                self.founded[draft.key] = agency
                self._set_up_head(agency, draft.naming)

    def call_and_place_agencies(self) -> None:
        for one in (*self.effects.bodies.called, *self.effects.bodies.placed):
            if one.subject == Subject.AGENCY:
                parent = self.agency(one.parent) if one.parent else None
                naming = replace(self._naming(one.naming), paper_rules=self._rules_kept(one.body))
                call_agency(self.agency(one.body), naming, since=self.day, parent=parent, actor=self.actor)

    def move_members(self) -> None:
        for one in self.effects.people.members:
            row = Membership.objects.select_related("agency", "user").get(pk=one.membership)
            before = {"agency": row.agency.code, "role": row.role, "title": row.title, "until": row.valid_to}
            if one.ends:
                row.valid_to = self.last_day
                row.save(update_fields=["valid_to"])
            self._begin(one, row, before)

    def end_posts(self) -> None:
        for one in self.effects.people.posts:
            row = OfficeHolding.objects.get(pk=one.holding)
            before = {"until": row.valid_to}
            row.valid_to, row.ended_by = self.last_day, self.decision
            row.save(update_fields=["valid_to", "ended_by"])
            record(AuditAction.ENDED, actor=self.actor, about=row, before=before, after={"last_day": self.last_day})

    def end_bodies(self) -> None:
        terms = {"last_day": self.last_day, "decision": self.decision, "actor": self.actor}
        for one in self.effects.bodies.ended:
            if one.subject == Subject.AGENCY:
                end_agency(self.agency(one.body), **terms)
        for one in self.effects.bodies.ended:
            if one.subject == Subject.UNIT:
                end_unit(self.unit(one.body), **terms)

    def pass_on(self) -> None:
        """Record the successions, told once for each successor."""
        by_heir: dict[tuple[Subject, Ref, str], list[Passed]] = {}
        for one in self.effects.bodies.passed:
            by_heir.setdefault((one.subject, one.heir, one.kind), []).append(one)
        for (subject, heir, kind), rows in by_heir.items():
            if subject == Subject.UNIT:
                self._pass_units(heir, kind, rows)
            else:
                self._pass_agencies(heir, kind, rows)

    def let_offices_serve(self) -> None:
        for one in self.effects.people.services:
            if one.begins and self._still_to_serve(one):
                let_serve(self.agency(one.office), self.agency(one.served), since=self.day, actor=self.actor)

    def _still_to_serve(self, one: ServicePassed) -> bool:
        pair = OfficeService.objects.on(self.day).filter(office=self.agency(one.office), served=self.agency(one.served))
        return not pair.exists()

    def _pass_units(self, heir: Ref, kind: str, rows: list[Passed]) -> None:
        record_succession(
            [self.unit(one.body) for one in rows],
            self.unit(heir),
            kind=kind,
            effective_on=self.day,
            decision=self.decision,
            decided_on=self.act.decided_on,
            shares={one.body: one.share for one in rows},
            mains=[one.body for one in rows if one.is_main],
            actor=self.actor,
        )

    def _pass_agencies(self, heir: Ref, kind: str, rows: list[Passed]) -> None:
        successor = self.agency(heir)
        AgencySuccession.objects.bulk_create(
            AgencySuccession(
                predecessor_id=one.body,
                successor=successor,
                kind=kind,
                share_percent=one.share,
                is_main=one.is_main,
                decision=self.decision,
                decided_on=self.act.decided_on,
                effective_on=self.day,
            )
            for one in rows
        )
        told = {"from": [one.name for one in rows], "kind": kind, "since": self.day, "decision": self.decision}
        record(AuditAction.HANDED_OVER, actor=self.actor, about=successor, after=told)

    def _begin(self, one: MemberMoved, row: Membership, before: dict) -> None:
        if one.heir is None:
            record(AuditAction.ENDED, actor=self.actor, about=row, before=before, after={"last_day": self.last_day})
            return
        agency = self.agency(one.heir)
        begun = Membership.objects.create(
            user=row.user, agency=agency, role=row.role, title=one.title, valid_from=one.since, valid_to=before["until"]
        )
        after = {"agency": agency.code, "role": row.role, "title": one.title, "since": one.since}
        record(AuditAction.HANDED_OVER, actor=self.actor, about=begun, before=before, after=after)

    def _naming(self, naming: AgencyNaming) -> Naming:
        return Naming(**vars(naming), legal_basis=self.basis)

    def _rules_kept(self, body: Ref) -> str:
        """By whose rules the papers of an agency are laid out; no decision of this kind says otherwise."""
        return self.agency(body).name_on(self.day).paper_rules

    def _set_up_head(self, agency: Agency, naming: AgencyNaming) -> None:
        """A founded agency has its post of head, so that someone can be appointed and sign."""
        if not naming.head_title:
            return
        set_up_office(
            agency,
            title=title_of_head(naming.head_title, naming.name),
            printed_title=naming.head_title,
            authority=naming.authority,
            is_head=True,
            actor=self.actor if can_keep_offices(self.actor, agency) else None,
        )
