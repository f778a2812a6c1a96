"""The portal as an office's service: nothing is assumed, everything that matters is named in the environment."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from . import refusals
from .base import *  # noqa: F403
from .base import DATABASES, LOGGING, SENDFILE, SIGN_IN_POLICY, VAR, env
from .bucket import faults_of_bucket

DEMO = False
DEBUG = False
SECRET_KEY = env.str("PORTAL_SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("PORTAL_HOSTS", default=[])
# What needs the database or the disk is looked at when the service starts: portal/checks.py.
refusals.refuse(
    [
        *refusals.faults_of_key(SECRET_KEY, VAR / "secret-key"),
        *refusals.faults_of_hosts(ALLOWED_HOSTS),
        *refusals.faults_of_switches(os.environ),
        *refusals.faults_of_database(DATABASES["default"].get("ENGINE", "")),
        *refusals.faults_of_sendfile(SENDFILE),
        *faults_of_bucket(os.environ),
        *refusals.faults_of_mail(env.str("EMAIL_URL", default=""), env.str("PORTAL_ADDRESS", default="")),
    ]
)

# Keys of before: what they sealed and signed is still believed, nothing new is sealed with them.
SECRET_KEY_FALLBACKS = env.list("PORTAL_OLD_SECRET_KEYS", default=[])

CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = env.bool("PORTAL_TLS_REDIRECT", default=True)
BEHIND_PROXY = env.bool("PORTAL_BEHIND_PROXY", default=False)
TRUSTED_PROXIES = env.list("PORTAL_PROXIES", default=["127.0.0.1"]) if BEHIND_PROXY else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = env.int("PORTAL_HSTS_SECONDS", default=31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
WRITTEN_COOKIE_NAME = "__Host-written"
MESSAGE_STORAGE = "portal.cookies.MessagesOfThisHost"
if SENDFILE:
    # nginx belongs to the group of the folder of stored files, which each of them inherits; others read nothing.
    STORED_FILE_MODE = 0o640

SIGN_IN_POLICY = {**SIGN_IN_POLICY, "second_factor_required": env.bool("PORTAL_SECOND_FACTOR", default=True)}

# Without a mail server links are handed over on paper; with one the address they lead to must be named.
MAIL_ON = bool(env.str("EMAIL_URL", default=""))
if MAIL_ON:
    _mail = env.email_url("EMAIL_URL")
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
    PORTAL_ADDRESS = env.str("PORTAL_ADDRESS").rstrip("/")
    DEFAULT_FROM_EMAIL = env.str("PORTAL_MAIL_FROM", default=f"cong-phoi-hop@{urlsplit(PORTAL_ADDRESS).hostname}")
else:
    PORTAL_ADDRESS = env.str("PORTAL_ADDRESS", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}").rstrip("/")

# One object a line, for whatever collects the log; words are for eyes.
LOG_FORMAT = env.str("PORTAL_LOG", default="objects")
if LOG_FORMAT not in LOGGING["formatters"]:
    raise ImproperlyConfigured(
        refusals._("PORTAL_LOG is one of %(names)s, not %(given)s.")
        % {"names": ", ".join(LOGGING["formatters"]), "given": LOG_FORMAT}
    )
LOGGING["handlers"]["console"]["formatter"] = LOG_FORMAT
