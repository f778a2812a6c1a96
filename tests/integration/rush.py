"""Many officials saving at the same moment, on a database of their own that keeps what they save; run as a program.

Why a process: threads see only what is committed, and tests elsewhere take everything back.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from threading import Barrier

import django


def rush(posts: list[tuple]) -> list[int]:
    """Send all posts at once, each over its own connection; the answers' status codes in order, 500 for a crash."""
    from django.db import connections

    barrier = Barrier(len(posts))

    def send(post) -> int:
        client, url, data = post
        client.raise_request_exception = False
        with closing(connections["default"]):
            barrier.wait()
            return client.post(url, data).status_code

    with ThreadPoolExecutor(len(posts)) as crowd:
        return list(crowd.map(send, posts))


def signed_in(member, times: int = 1, *, same_session: bool = False) -> list:
    """Clients of one account: as many sessions, or one session in as many windows."""
    from django.test import Client

    clients = []
    for _number in range(times):
        client = Client()
        if same_session and clients:
            client.cookies = clients[0].cookies
        else:
            client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
        clients.append(client)
    return clients


def drafted(draft, section, secretary, secretaries, address) -> dict:
    """What many windows leave behind that keep text, are here, move one section and confirm one paste at once."""
    from coordination.drafting import services as drafting
    from coordination.drafting.models import SectionDraft, SectionPresence
    from coordination.drafting.pasting import read

    out, one = {}, f"{address}muc/{section.pk}/"
    kept = [(client, f"{one}ban-nhap/", {"body": f"Nháp {n}", "revision": 1}) for n, client in enumerate(secretaries)]
    out["eight windows keep their text"] = rush(kept)
    out["their draft"] = SectionDraft.objects.filter(member=secretary, section=section).count()
    out["eight windows are here"] = rush([(client, f"{address}co-mat/", {}) for client in secretaries])
    out["their presence"] = SectionPresence.objects.filter(member=secretary).count()
    section.refresh_from_db()
    move = {"move": "down", "revision": section.revision}
    out["one section moved eight times"] = sorted(rush([(client, f"{one}vi-tri/", move) for client in secretaries]))
    text = "X. MỤC DÁN\n1. Một\n- Hai"
    drafting.keep_paste(draft, actor=secretary, text=text)
    confirmed = {"digest": read(text).digest}
    answers = rush([(client, f"{address}dan/xem-truoc/", confirmed) for client in secretaries])
    # Whoever comes later finds nothing to confirm any more.
    out["one paste confirmed eight times"] = [answers.count(302), answers.count(500)]
    out["its sections"] = draft.sections.filter(heading="MỤC DÁN").count()
    places = list(draft.sections.values_list("position", flat=True))
    out["a place each after all that"] = len(set(places)) == len(places)
    return out


def told() -> dict:
    """What each rush left behind."""
    from agencies.access.enums import Role
    from agencies.models import Membership
    from agencies.people.services import set_up_office
    from coordination.models import Conference, EvaluationRound, Program, ProgressReport, Task
    from records import clock
    from records.audit.verification import faults
    from tests.factories.conferences import make_conference
    from tests.factories.evaluations import make_scheme
    from tests.factories.people import make_member
    from tests.factories.programs import make_area, make_program, secretary_of
    from tests.factories.tasks import make_task, official_of
    from tests.integration.rush_consultation import comments_at_once
    from tests.integration.rush_figures import settled_at_once
    from tests.integration.rush_gathering import ticked_at_once
    from tests.integration.rush_register import numbers_at_once
    from tests.integration.rush_reminders import reminded_at_once
    from tests.integration.rush_tasks import entered_at_once

    program = make_program("signed")
    unit, parties = program.unit, [party.agency for party in program.parties.order_by("letterhead_order")]
    secretary, official = secretary_of(parties[0]), official_of(parties[0])
    task = {
        "program": program.slug, "area": make_area(unit).pk, "title": "Vận động", "lead": parties[0].pk,
        "schedule_kind": "range", "start_on": "05/3/2022", "due_on": "30/6/2022", "target_operator": "eq",
        "target_value": "45", "target_unit": "hộ", "deliverable": "Danh sách", "update_cycle": "monthly",
    }  # fmt: skip
    out = {}

    clients = signed_in(official, 20)
    out["twenty tasks"] = sorted(
        rush([(client, "/nhiem-vu/tao/", {**task, "form_token": f"t{n}"}) for n, client in enumerate(clients)])
    )
    out["their ordinals"] = sorted(program.tasks.values_list("ordinal", flat=True))

    windows = signed_in(official, 10, same_session=True)
    out["one form sent ten times"] = rush([(one, "/nhiem-vu/tao/", {**task, "form_token": "same"}) for one in windows])
    out["its tasks"] = program.tasks.count() - 20

    crowd = signed_in(official, 20, same_session=True)
    out |= entered_at_once(program, official, task, rush, crowd)

    reported = make_task(program, "in_progress")
    sent = {"value": "44", "state": "in_progress", "result": "Bốn mươi tư", "form_token": "progress"}
    before = ProgressReport.objects.filter(task=reported).count()
    out["one report sent ten times"] = rush([(one, f"/nhiem-vu/{reported.slug}/tien-do/", sent) for one in windows])
    out["its reports"] = ProgressReport.objects.filter(task=reported).count() - before

    edited = program.tasks.order_by("ordinal").first()
    edit = {**task, "revision": edited.revision}
    clients = signed_in(official, 6)
    out["six editors of a task"] = sorted(
        rush([(one, f"/nhiem-vu/{edited.slug}/sua/", {**edit, "title": f"Bản {n}"}) for n, one in enumerate(clients)])
    )

    draft = make_program("draft", unit=unit, agencies=parties, secretary=secretary)
    secretaries = signed_in(secretary, 8)
    address = f"/chuong-trinh/{draft.slug}/soan/"
    facts = {
        "title": "Chương trình", "short_title": "Thử", "kind": draft.kind, "period_start": "01/01/2022",
        "period_end": "31/12/2022", "parties": [agency.pk for agency in parties], "lead": parties[0].pk,
        "revision": draft.revision,
    }  # fmt: skip
    out["eight editors of a program"] = sorted(
        rush([(one, address, {**facts, "title": f"Bản {n}"}) for n, one in enumerate(secretaries)])
    )
    section = draft.sections.first()
    text = {"numbering": "I", "body": "x", "revision": section.revision}
    out["eight editors of a section"] = sorted(
        rush([(one, f"{address}muc/{section.pk}/", {**text, "heading": f"M {n}"}) for n, one in enumerate(secretaries)])
    )
    out["eight sections"] = rush(
        [(one, f"{address}muc/", {"numbering": str(n), "heading": "Mục"}) for n, one in enumerate(secretaries)]
    )
    places = list(draft.sections.values_list("position", flat=True))
    out["a place each"] = len(set(places)) == len(places) == 11

    out |= drafted(draft, section, secretary, secretaries, address)

    create = {**facts, "year": "2022", "drafting_agency": parties[0].pk}
    out["eight programs"] = rush([(one, "/chuong-trinh/tao/", create) for one in secretaries])
    ordinals = sorted(Program.objects.filter(unit=unit, year=2022).values_list("ordinal", flat=True))
    out["their codes"] = ordinals == list(range(1, 11))

    signed = [program, make_program("signed", unit=unit, agencies=parties, secretary=secretary)]
    number = {"number": "5", "symbol": "CTPH"}
    posts = [(one, f"/chuong-trinh/{signed[n % 2].slug}/ky-ket/so/", number) for n, one in enumerate(secretaries[:2])]
    out["one number for two"] = sorted(rush(posts))

    meeting = {
        "title": "Hội nghị", "held_on": "20/12/2022", "half_day": "morning", "review_year": "2021", "plan_year": "2022",
        "organiser": parties[0].pk,
    }  # fmt: skip
    out["one conference planned eight times"] = sorted(rush([(one, "/hoi-nghi/tao/", meeting) for one in secretaries]))
    out["its conferences"] = Conference.objects.filter(unit=unit).count()

    running = make_conference("running", organiser=parties[0], actor=secretary, held_on=date(2022, 3, 30))
    out["eight conclusions"] = rush(
        [(one, f"/hoi-nghi/{running.slug}/ket-luan/", {"text": f"Kết luận {n}"}) for n, one in enumerate(secretaries)]
    )
    out["their places"] = sorted(running.conclusions.values_list("position", flat=True)) == list(range(1, 9))

    out |= ticked_at_once(parties[0], secretary, rush, secretaries)

    schemes = [make_scheme(unit, secretary), make_scheme(unit, secretary)]
    opening = {"year": "2022", "cut_off_on": "31/12/2022", "programs": [program.pk]}
    out["one evaluation opened eight times"] = sorted(
        rush([(one, "/danh-gia/mo/", {**opening, "scheme": schemes[n % 2].pk}) for n, one in enumerate(secretaries)])
    )
    out["its rounds"] = EvaluationRound.objects.filter(unit=unit, year=2022).count()

    signing = make_program("signing", unit=unit, agencies=parties, secretary=secretary)
    slots = list(signing.versions.get().slots.order_by("position"))
    day = clock.today().strftime("%d/%m/%Y")
    out["all parties sign at once"] = rush(
        [
            (one, f"/chuong-trinh/{signing.slug}/ky-ket/{slot.pk}/da-ky/", {f"sign-{slot.pk}-signed_on": day})
            for one, slot in zip(secretaries, slots, strict=False)
        ]
    )
    out["in force"] = Program.objects.get(pk=signing.pk).state

    head = set_up_office(parties[0], title="Chủ tịch", printed_title="CHỦ TỊCH", is_head=True)
    posts = f"/co-quan/{unit.code.lower()}/{parties[0].code}/chuc-vu/{head.pk}/bo-nhiem/"
    out["eight heads of one agency"] = sorted(
        rush([(one, posts, {"full_name": f"Người Thứ {n}", "since": day}) for n, one in enumerate(secretaries)])
    )
    out["its head"] = head.holdings.count()

    named = {"name": "Báo Bình Minh", "kind": "other", "kind_label": "Báo", "abbreviation": "BBM", "authority": "usual"}
    added = {**named, "after": parties[0].pk, "valid_from": day}
    out["one agency added eight times"] = sorted(rush([(one, "/co-quan/tao/", added) for one in secretaries]))
    out["its agencies"] = unit.agencies.filter(code__startswith="bbm").count()
    changed = {**named, "after": parties[0].pk, "authority": "", "family": "other", "head_title": "TBT", "revision": 0}
    address = f"/co-quan/{unit.code.lower()}/bbm/sua-loi-ghi/"
    out["eight editors of an agency"] = sorted(
        rush([(one, address, {**changed, "reason": f"Lần {n}"}) for n, one in enumerate(secretaries)])
    )
    two = [make_member(parties[0], Role.SYSTEM_ADMIN, f"quan-tri-{n}") for n in (1, 2)]
    taken = [f"/quan-tri/nguoi-dung/{one.user_id}/vai-tro/{one.pk}/ket-thuc/" for one in reversed(two)]
    answers = rush([(signed_in(one)[0], url, {"at_once": "on"}) for one, url in zip(two, taken, strict=True)])
    # Whoever comes second is told it is the last one, or is an administrator no longer.
    out["two administrators take the role from each other"] = sorted(answers) in ([302, 403], [302, 422])
    out["administrators left"] = Membership.objects.usable_on(clock.today()).filter(role=Role.SYSTEM_ADMIN).count()
    out |= numbers_at_once(rush, signed_in, parties, secretary)
    out |= reminded_at_once()
    out |= comments_at_once(rush, signed_in, unit, parties, secretary)
    out |= told_of_a_reorganisation()
    out["faults of the audit"] = [str(fault) for fault in faults()]
    out["tasks"] = Task.objects.count()
    return out | settled_at_once()


def told_of_a_reorganisation() -> dict:
    """One act, applied in four windows at once, then taken back in four."""
    from agencies.models import AgencySuccession
    from agencies.reorganisation.enums import StepKind, Subject
    from coordination.reorganisation.queries import preview_of
    from tests.factories.reorganisations import add, make_act, make_land

    land = make_land()
    act = make_act(land)
    add(act, Subject.AGENCY, StepKind.MERGE, [land.bdv], [land.btg])
    act.refresh_from_db()
    windows, address = signed_in(land.admin, 4), f"/quan-tri/sap-xep/{act.pk}/"
    applied = {"revision": act.revision, "digest": preview_of(act).digest}
    out = {
        "one reorganisation applied four times": sorted(rush([(one, f"{address}ap-dung/", applied) for one in windows]))
    }
    out["its rows of succession"] = AgencySuccession.objects.count()
    act.refresh_from_db()
    undone = {"revision": act.revision, "reason": "Nhập nhầm"}
    out["one undone four times"] = sorted(rush([(one, f"{address}hoan-tac/", undone) for one in windows]))
    out["its rows left"] = AgencySuccession.objects.count()
    return out


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    json.dump(told(), sys.stdout)
