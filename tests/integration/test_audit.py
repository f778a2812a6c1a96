"""The audit's entries: who, in which agency and role, what, when, from where; together with the act or not at all."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from agencies.access.enums import Role
from records.audit.chain import digest_of
from records.audit.enums import AuditAction
from records.audit.origin import Origin, origin
from records.audit.services import record
from records.audit.verification import faults
from records.models import AuditEntry, AuditHead
from tests.factories.people import PASSWORD, make_agency, make_member, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return make_member(make_agency(make_unit(), "ubnd", "UBND huyện"), Role.SECRETARY, "thu-ky-ubnd")


def newest() -> AuditEntry:
    return AuditEntry.objects.order_by("-sequence").first()


def whole_log() -> list[str]:
    return [str(fault) for fault in faults()]


def test_an_entry_tells_who_in_which_agency_and_role(member):
    entry = record(AuditAction.CHANGED, actor=member, about=member.agency)
    assert (entry.user_id, entry.user_name) == (member.user_id, "thu-ky-ubnd")
    assert (entry.role, entry.role_label) == ("secretary", "Thư ký")
    assert (entry.agency_id, entry.agency_label, entry.unit_id) == (member.agency_id, "UBND huyện", member.unit_id)
    assert (entry.object_kind, entry.object_id, entry.object_code) == ("agencies.agency", member.agency_id, "ubnd")


def test_an_entry_tells_when_in_utc_and_on_the_wall_clock(member):
    entry = record(AuditAction.CHANGED, actor=member)
    assert entry.at.isoformat() == "2022-03-30T17:30:00+07:00"
    assert entry.local_at == "2022-03-30T17:30:00+07:00"
    entry.refresh_from_db()
    assert entry.at.isoformat() == "2022-03-30T10:30:00+00:00"
    assert digest_of(entry) == entry.digest


def test_an_entry_tells_from_where_and_what(member):
    token = origin.set(Origin(address="10.0.0.7", request_id="abc"))
    try:
        entry = record(AuditAction.EXPORTED, actor=member, before={"số": 1}, after={"văn bản": "DH-2022-02"})
    finally:
        origin.reset(token)
    entry.refresh_from_db()
    assert (entry.address, entry.request_id) == ("10.0.0.7", "abc")
    assert (entry.before, entry.after) == ({"số": 1}, {"văn bản": "DH-2022-02"})
    assert digest_of(entry) == entry.digest


def test_what_a_database_would_write_otherwise_is_written_so_that_the_digest_holds(member):
    odd = {"null": "a\x00b", "half": "\ud800c", "fraction": 1e22, "deep": [{"x\x07": "y\u202e"}]}
    entry = record(AuditAction.CHANGED, actor=member, after=odd)
    entry.refresh_from_db()
    assert entry.after == {"null": "ab", "half": "c", "fraction": "1e+22", "deep": [{"x": "y"}]}
    assert whole_log() == []


def test_names_are_frozen(member):
    record(AuditAction.CHANGED, actor=member)
    agency = member.agency
    agency.current_name = "Ủy ban nhân dân xã"
    agency.save()
    assert newest().agency_label == "UBND huyện"


def test_a_name_that_was_typed_is_one_line(member):
    entry = record(AuditAction.SIGN_IN_FAILED, actor_label="thu-ky\r\n2022 quan-tri\u2028\x1b[31m signed in")
    assert entry.user_name == entry.actor_label == "thu-ky 2022 quan-tri [31m signed in"


def test_what_is_taken_back_leaves_no_entry(member):
    before = AuditEntry.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        record(AuditAction.CHANGED, after={"x": 1})
        raise RuntimeError
    assert AuditEntry.objects.count() == before
    assert whole_log() == []


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_an_entry(member, change):
    rows = AuditEntry.objects.filter(sequence=newest().sequence)
    with pytest.raises(IntegrityError), transaction.atomic():
        if change == "update":
            rows.update(actor_label="ai đó")
        else:
            rows.delete()
    assert whole_log() == []


def test_the_database_refuses_to_put_the_head_back_or_take_it_away(member):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditHead.objects.update(sequence=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditHead.objects.all().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditHead.objects.create(id=2, sequence=1)


def test_sign_in_and_out_tell_the_account_its_agency_and_role(member, client):
    client.post("/dang-nhap/", {"username": "thu-ky-ubnd", "password": PASSWORD})
    came = newest()
    client.post("/dang-xuat/")
    went = newest()
    for entry, action in ((came, AuditAction.SIGNED_IN), (went, AuditAction.SIGNED_OUT)):
        told = (entry.action, entry.user_id, entry.user_name, entry.actor_id, entry.role, entry.agency_label)
        assert told == (action, member.user_id, "thu-ky-ubnd", member.pk, "secretary", "UBND huyện")


def test_a_failed_try_tells_the_name_typed_the_account_and_its_unit(member, client):
    client.post("/dang-nhap/", {"username": "Thu-Ky-UBND", "password": "sai"})
    known = newest()
    client.post("/dang-nhap/", {"username": "khong-co-ai", "password": "sai"})
    unknown = newest()
    assert (known.action, known.user_id, known.unit_id) == ("sign_in_failed", member.user_id, member.unit_id)
    assert (known.actor_id, known.role) == (None, "")
    assert (unknown.action, unknown.user_id, unknown.user_name) == ("sign_in_failed", None, "khong-co-ai")


@pytest.fixture
def signed_in(member, sign_in) -> Client:
    return sign_in(member)


def refusals_after(act) -> list[AuditEntry]:
    last = newest().sequence
    act()
    return list(AuditEntry.objects.filter(sequence__gt=last, action=AuditAction.REFUSED))


def test_a_refused_page_leaves_one_entry_with_its_reason(member, sign_in):
    official = make_member(member.agency, Role.OFFICIAL)
    client = sign_in(official)
    [entry] = refusals_after(lambda: client.get("/chuong-trinh/tao/"))
    assert (entry.user_id, entry.actor_id, entry.role) == (official.user_id, official.pk, "official")
    assert (entry.after["path"], entry.after["method"], entry.after["status"]) == ("/chuong-trinh/tao/", "GET", 403)
    assert entry.after["reason"]
    assert entry.address == "127.0.0.1" and len(entry.request_id) == 36


@pytest.mark.parametrize("method", ["get", "post"])
def test_asking_for_an_object_that_answers_404_leaves_one_entry(method, member, signed_in):
    url = "/nhiem-vu/dh-2099-01.01/sua/"
    [entry] = refusals_after(lambda: getattr(signed_in, method)(url))
    assert entry.after == {"path": url, "method": method.upper(), "status": 404}
    assert (entry.object_kind, entry.object_id, entry.object_label) == ("", None, "")


def test_an_address_that_names_no_object_leaves_none(signed_in):
    assert refusals_after(lambda: signed_in.get("/khong-co-trang-nay/")) == []


def test_a_stranger_who_is_not_signed_in_leaves_none(member, client):
    assert refusals_after(lambda: client.get("/nhiem-vu/dh-2099-01.01/")) == []


def test_a_forged_form_leaves_one_entry(member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    [entry] = refusals_after(lambda: client.post("/tai-khoan/", {"theme": "dark"}))
    assert (entry.after["status"], entry.after["path"], entry.user_id) == (403, "/tai-khoan/", member.user_id)


def test_a_crafted_post_that_cannot_be_read_leaves_one_entry(signed_in):
    fields = {f"x{number}": "1" for number in range(2001)}
    [entry] = refusals_after(lambda: signed_in.post("/tai-khoan/", fields))
    assert (entry.after["status"], entry.after["method"]) == (400, "POST")


def test_a_refusal_does_not_cost_a_failure_when_the_log_cannot_be_written(signed_in, caplog):
    from django.db import OperationalError

    def broken(execute, sql, params, many, context):
        if "INSERT INTO" in sql and "records_auditentry" in sql:
            raise OperationalError("the disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(broken):
        assert signed_in.get("/nhiem-vu/dh-2099-01.01/").status_code == 404
    assert "A refusal could not be recorded" in caplog.text


def test_the_log_takes_entries_in_the_order_of_their_numbers_whatever_the_clock_says(member):
    from datetime import timedelta

    from records import clock

    first = record(AuditAction.CHANGED, actor=member)
    with clock.standing_at(clock.now() - timedelta(days=1)):
        second = record(AuditAction.CHANGED, actor=member)
    assert second.sequence == first.sequence + 1 and second.at < first.at
    assert [entry.sequence for entry in AuditEntry.objects.all()][-2:] == [first.sequence, second.sequence]
    assert whole_log() == []
