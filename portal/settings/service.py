"""The portal as an office's service: nothing is assumed, everything that matters is named in the environment."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import LOGGING, SIGN_IN_POLICY, VAR, env

DEMO = False
DEBUG = False
SECRET_KEY = env.str("PORTAL_SECRET_KEY")
_SHORTEST_KEY = 32
_key_of_demo = VAR / "secret-key"
if _key_of_demo.exists() and _key_of_demo.read_text().strip() == SECRET_KEY:
    raise ImproperlyConfigured("PORTAL_SECRET_KEY is the key of a demo. Make a new one for the service.")
if len(SECRET_KEY) < _SHORTEST_KEY:
    raise ImproperlyConfigured(f"PORTAL_SECRET_KEY is too short to be a secret: make one of {_SHORTEST_KEY} or more.")

# Keys of before: what they sealed and signed is still believed, nothing new is sealed with them.
SECRET_KEY_FALLBACKS = env.list("PORTAL_OLD_SECRET_KEYS", default=[])

ALLOWED_HOSTS = env.list("PORTAL_HOSTS")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("PORTAL_HOSTS must name the hosts the service answers to.")
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
if urlsplit(PORTAL_ADDRESS).scheme not in ("http", "https") or urlsplit(PORTAL_ADDRESS).path:
    raise ImproperlyConfigured("PORTAL_ADDRESS must be an address such as https://phoi-hop.example.vn")

# One object a line, for whatever collects the log; words are for eyes.
LOG_FORMAT = env.str("PORTAL_LOG", default="objects")
if LOG_FORMAT not in LOGGING["formatters"]:
    raise ImproperlyConfigured(f"PORTAL_LOG is one of {', '.join(LOGGING['formatters'])}, not {LOG_FORMAT}.")
LOGGING["handlers"]["console"]["formatter"] = LOG_FORMAT
