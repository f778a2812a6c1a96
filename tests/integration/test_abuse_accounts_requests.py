"""Abuse cases 27 to 31: forged targets, hosts, addresses and forms, framed pages, a service with accounts of a demo."""

import logging
import os
import subprocess
import sys
from urllib.parse import urlencode

import pytest
from django.conf import settings as project
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path, reverse

from agencies.access.enums import Role
from agencies.models import SignIn
from agencies.people.services import open_account
from portal import urls as portal_urls
from portal.addresses import true_address
from portal.demo.accounts import ACCOUNTS, DEMO_PASSWORD
from records.audit.enums import AuditAction
from records.models import AuditEntry
from tests.checkers.headers import loose
from tests.factories.accounts import code_of, set_up_second_factor, type_code, type_password
from tests.factories.people import PASSWORD, make_agency, make_member, make_unit
from tests.factories.programs import make_program, secretary_of
from tests.integration.rights.addresses import doors, nowhere

pytestmark = pytest.mark.django_db

ELSEWHERE = (
    "//evil.example", "https:evil.example", "/\\evil.example", "javascript:alert(1)", "https://evil.example/",
    "\\\\evil.example", "///evil.example", "http:///evil.example", "/\t/evil.example", "data:text/html,x",
    "https://testserver@evil.example/", "https://testserver.evil.example/", " //evil.example",
    "//evil.example@testserver",
)  # fmt: skip


def break_down(request) -> HttpResponse:
    raise RuntimeError("on purpose")


urlpatterns = [*portal_urls.urlpatterns, path("hong/", break_down, name="broken")]
handler400, handler403 = portal_urls.handler400, portal_urls.handler403
handler404, handler500 = portal_urls.handler404, portal_urls.handler500


@pytest.fixture(autouse=True)
def _refusals_are_expected(monkeypatch):
    for name in ("django.request", "django.security", "portal.views.errors"):
        monkeypatch.setattr(logging.getLogger(name), "disabled", True)


@pytest.fixture
def member():
    return make_member(make_agency(make_unit(), "vp"), username="chuyen-vien")


class TestWhereTo:
    @pytest.mark.parametrize("target", ELSEWHERE)
    def test_abuse_27_signing_in_leads_nowhere_else(self, target, member):
        typed = {"username": "chuyen-vien", "password": PASSWORD, "next": target}
        assert Client().post(reverse("sign-in"), typed)["Location"] == "/"
        assert Client().post(f"{reverse('sign-in')}?{_query(target)}", typed | {"next": target})["Location"] == "/"
        shown = Client().get(reverse("sign-in"), {"next": target}).content.decode()
        assert "evil" not in shown
        assert "javascript:" not in shown

    @pytest.mark.parametrize("target", ELSEWHERE)
    def test_abuse_27_nor_does_the_second_step(self, target, member):
        set_up_second_factor(member.user)
        client = Client()
        client.post(reverse("sign-in"), {"username": "chuyen-vien", "password": PASSWORD, "next": target})
        assert type_code(client, code_of(member.user, steps_ahead=1))["Location"] == "/"

    @pytest.mark.parametrize("target", ELSEWHERE)
    def test_abuse_27_nor_does_the_page_for_those_who_are_in(self, target, member, sign_in):
        answer = sign_in(member).get(reverse("sign-in"), {"next": target})
        assert (answer.status_code, answer["Location"]) == (302, "/")

    def test_abuse_27_where_the_visitor_was_going_is_kept(self, member, sign_in):
        typed = {"username": "chuyen-vien", "password": PASSWORD, "next": "/co-quan/?q=a"}
        assert Client().post(reverse("sign-in"), typed)["Location"] == "/co-quan/?q=a"
        assert sign_in(member).get(reverse("sign-in"), {"next": reverse("sign-in")})["Location"] == "/"

    def test_abuse_27_a_form_carried_along_cannot_be_made_up(self, member):
        typed = {"username": "chuyen-vien", "password": PASSWORD, "kept": '{"path": "https://evil.example"}'}
        assert Client().post(reverse("sign-in"), typed)["Location"] == "/"


class TestForgedHeaders:
    FORGED = {
        "HTTP_X_FORWARDED_HOST": "evil.example",
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_X_FORWARDED_PORT": "443",
        "HTTP_X_FORWARDED_FOR": "1.2.3.4",
        "HTTP_X_REAL_IP": "1.2.3.4",
        "HTTP_FORWARDED": "for=1.2.3.4;host=evil.example",
    }

    @pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example", ""])
    def test_abuse_28_a_forged_host_is_refused(self, host):
        answer = Client(HTTP_HOST=host).get(reverse("sign-in"))
        assert answer.status_code == 400
        assert "evil" not in answer.content.decode()

    def test_abuse_28_the_audit_and_the_devices_keep_the_true_address(self, member):
        client = Client(REMOTE_ADDR="10.0.0.7", **self.FORGED)
        assert type_password("chuyen-vien", "sai", client=client).status_code == 422
        assert type_password("chuyen-vien", client=client)["Location"] == "/"
        told = AuditEntry.objects.filter(action__in=[AuditAction.SIGN_IN_FAILED, AuditAction.SIGNED_IN])
        assert set(told.values_list("address", flat=True)) == {"10.0.0.7"}
        assert SignIn.objects.get().address == "10.0.0.7"

    def test_abuse_28_forged_addresses_do_not_make_new_starts_for_whoever_guesses(self, member):
        answers = [
            type_password("chuyen-vien", "sai", REMOTE_ADDR="10.0.0.7", HTTP_X_FORWARDED_FOR=f"1.2.3.{n}").status_code
            for n in range(6)
        ]
        assert answers == [422, 422, 422, 422, 429, 429]

    @pytest.mark.parametrize(
        ("peer", "said", "true"),
        [
            ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
            ("127.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
            ("127.0.0.1", "1.2.3.4, 203.0.113.9, 10.1.0.5", "203.0.113.9"),
            ("127.0.0.1", "1.2.3.4, rubbish, 10.1.0.5", "10.1.0.5"),
            ("127.0.0.1", "", "127.0.0.1"),
            ("127.0.0.1", "2001:db8::7", "2001:db8::7"),
            ("::ffff:127.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
            ("203.0.113.9", "1.2.3.4", "203.0.113.9"),
            ("", "1.2.3.4", "0.0.0.0"),
        ],
    )
    def test_abuse_28_behind_a_proxy_the_last_hop_that_is_not_trusted_counts(self, peer, said, true, settings):
        settings.TRUSTED_PROXIES = ["127.0.0.1", "10.1.0.0/16"]
        request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=said)
        true_address(HttpResponse)(request)
        assert request.META["REMOTE_ADDR"] == true

    def test_abuse_28_only_a_trusted_proxy_is_believed_that_a_request_was_encrypted(self, settings):
        settings.TRUSTED_PROXIES = ["127.0.0.1"]
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        settings.SECURE_SSL_REDIRECT = True
        asked = {"HTTP_X_FORWARDED_PROTO": "https"}
        assert Client(REMOTE_ADDR="127.0.0.1").get(reverse("help"), **asked).status_code == 200
        assert Client(REMOTE_ADDR="203.0.113.9").get(reverse("help"), **asked).status_code == 301


class TestForgedForms:
    @pytest.fixture
    def administrator(self, member):
        return make_member(member.agency, Role.SYSTEM_ADMIN, "quan-tri-cong")

    def test_abuse_29_no_route_takes_a_form_without_a_token_or_from_elsewhere(self, administrator, sign_in):
        client = sign_in(administrator, enforce_csrf_checks=True)
        client.get(reverse("account"))
        token, before = client.cookies["csrftoken"].value, AuditEntry.objects.exclude(action="refused").count()
        # A signing tool has no session to abuse: its address is the secret, and this one is no address at all. What
        # machines ask is answered before a session is looked at, and takes no form: 405.
        apart = ("reports:signing-tool-upload", "health", "ready", "metrics")
        known = [door for door in doors() if door.name not in apart]
        assert len(known) > 60
        for door in known:
            address = reverse(door.name, kwargs=nowhere(door))
            assert client.post(address, {"a": "b"}).status_code == 403, door.name
            forged = client.post(address, {"csrfmiddlewaretoken": token}, HTTP_ORIGIN="https://evil.example")
            assert forged.status_code == 403, door.name
        assert AuditEntry.objects.exclude(action="refused").count() == before

    def test_abuse_29_with_its_token_a_form_is_taken(self, administrator, sign_in):
        client = sign_in(administrator, enforce_csrf_checks=True)
        client.get(reverse("account"))
        sent = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value, "theme": "dark", "language": "vi"}
        assert client.post(reverse("account"), sent).status_code == 302

    @pytest.mark.parametrize(
        ("route", "parts"),
        [
            ("sign-out", {}),
            ("account-password", {}),
            ("second-factor-start", {}),
            ("second-factor-confirm", {}),
            ("second-factor-codes", {}),
            ("second-factor-remove", {}),
            ("devices-end-others", {}),
            ("device-end", {"pk": 1}),
            ("sign-in-help-link", {"username": "chuyen-vien"}),
            ("sign-in-help-factor", {"username": "chuyen-vien"}),
            ("sign-in-help-devices", {"username": "chuyen-vien"}),
        ],
    )
    def test_abuse_29_looking_changes_nothing(self, route, parts, administrator, sign_in):
        client = sign_in(administrator)
        before = AuditEntry.objects.count()
        for ask in (client.get, client.head):
            assert ask(reverse(route, kwargs=parts)).status_code == 405
        assert AuditEntry.objects.count() == before
        assert client.get(reverse("account")).status_code == 200


class TestFrames:
    @pytest.mark.urls(__name__)
    def test_abuse_30_no_answer_can_be_framed(self, member, sign_in):
        program = make_program("signed")
        client, secretary = sign_in(member), sign_in(secretary_of(program.drafting_agency))
        client.raise_request_exception = False
        paper = secretary.get(reverse("reports:program-pdf", kwargs={"program": program.slug}))
        answers = {
            200: client.get(reverse("account")),
            302: Client().get(reverse("account")),
            400: Client(HTTP_HOST="evil.example").get("/"),
            403: client.get(reverse("sign-in-policy")),
            404: client.get("/khong-co/"),
            405: client.get(reverse("sign-out")),
            422: client.post(reverse("account-password"), {}),
            429: [type_password("chuyen-vien", "sai") for _try in range(5)][-1],
            500: client.get(reverse("broken")),
        }
        assert {code: answer.status_code for code, answer in answers.items()} == {code: code for code in answers}
        assert paper["Content-Type"] == "application/pdf"
        for answer in (*answers.values(), paper):
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], answer
            assert answer["X-Frame-Options"] == "DENY"
            assert loose(answer) == [], answer

    def test_abuse_30_nor_can_what_is_answered_before_the_pages_are_reached(self, settings):
        settings.SECURE_SSL_REDIRECT = True
        for answer in (Client().get("/"), Client(HTTP_HOST="evil.example").get("/")):
            assert answer.status_code in (301, 400)
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


class TestStart:
    KEY = "k" * 60

    def run(self, tmp_path, *command: str, **changed: str) -> subprocess.CompletedProcess[str]:
        service = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            "PORTAL_VAR": str(tmp_path),
            "PORTAL_SECRET_KEY": self.KEY,
            "PORTAL_HOSTS": "portal.example.vn",
        }
        line = [sys.executable, "manage.py", *command]
        return subprocess.run(line, cwd=project.ROOT, env=service | changed, capture_output=True, text=True, timeout=60)

    @pytest.fixture
    def as_service(self, settings, tmp_path):
        settings.DEMO, settings.VAR, settings.STATIC_ROOT = False, tmp_path, tmp_path / "static"
        return settings

    def test_abuse_31_a_service_with_an_account_of_the_demo_is_no_service(self, as_service):
        open_account(ACCOUNTS[0].username, DEMO_PASSWORD)
        with pytest.raises(SystemCheckError, match=r"portal\.E001"):
            call_command("check", databases=["default"])
        mask = os.umask(0o022)
        try:
            with pytest.raises(SystemCheckError, match=r"portal\.E001"):
                call_command("serve", port="58999")
        finally:
            os.umask(mask)

    def test_abuse_31_the_name_of_such_an_account_is_no_fault(self, as_service):
        open_account("quan-tri", None)
        open_account("thu-ky", "mot-mat-khau-rieng-2026")
        call_command("check", databases=["default"])

    def test_abuse_31_the_demo_s_password_is_nobody_s_choice(self):
        with pytest.raises(ValidationError, match="nhiều người"):
            validate_password(DEMO_PASSWORD)

    def test_abuse_31_other_accounts_do_not_stop_it(self, as_service, member):
        call_command("check", databases=["default"])

    def test_abuse_31_a_service_starts_with_a_key_of_its_own(self, tmp_path):
        assert self.run(tmp_path, "check").returncode == 0

    @pytest.mark.parametrize("command", ["check", "serve", "migrate"])
    def test_abuse_31_a_service_does_not_start_as_a_trial_does(self, command, tmp_path):
        (tmp_path / "secret-key").write_text(self.KEY)
        wrong = {"PORTAL_HOSTS": "*", "DEBUG": "1", "DATABASE_URL": "nonsense", "PORTAL_SENDFILE": "apache"}
        refused = self.run(tmp_path, command, **wrong)
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr
        told = ("PORTAL_SECRET_KEY", "PORTAL_HOSTS", "DEBUG", "DATABASE_URL", "PORTAL_SENDFILE")
        assert [
            name for line, name in zip(refused.stderr.splitlines()[-5:], told, strict=True) if name not in line
        ] == []

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({}, "PORTAL_SECRET_KEY"),
            ({"PORTAL_SECRET_KEY": KEY, "PORTAL_HOSTS": "portal.example.vn"}, "manage.py migrate"),
        ],
    )
    def test_abuse_31_nor_does_its_web_server(self, given, told, tmp_path):
        line = [sys.executable, "-m", "gunicorn", "--config", "portal/gunicorn.py"]
        service = {"PATH": os.environ["PATH"], "PORTAL_VAR": str(tmp_path), "PORTAL_BIND": "127.0.0.1:0", **given}
        refused = subprocess.run(line, cwd=project.ROOT, env=service, capture_output=True, text=True, timeout=60)
        assert refused.returncode == 1
        assert told in refused.stderr
        assert "Traceback" not in refused.stderr


def _query(target: str) -> str:
    return urlencode({"next": target})
