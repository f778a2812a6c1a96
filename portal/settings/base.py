"""What every way of running the portal shares. Values that differ by place come from the environment."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from . import queue, refusals
from .bucket import bucket_in
from .refusals import Environment

ROOT = Path(__file__).resolve().parent.parent.parent
env = Environment()

# The portal keeps what it writes under one folder: database, stored files, collected static files.
VAR = Path(env.str("PORTAL_VAR", default=str(ROOT / "var")))

INSTALLED_APPS = [
    "portal",
    "reports",
    "coordination",
    "agencies",
    "records",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    # First what every answer carries, pages of failures among them.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Before anyone believes a header.
    "portal.addresses.true_address",
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.request_id",
    "portal.probes.answered_at_the_door",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.sendfile.through_the_proxy",
    "portal.middleware.plain_text_only",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.sessions.live_sessions",
    "portal.middleware.acting_member",
    "portal.sessions.second_factor_first",
    # Whoever asks, and in which role, is always read from the primary.
    "portal.replica.reads_from_replica",
    "portal.middleware.translate_refusals",
    "portal.middleware.bounded_body",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "portal.navigation.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "portal.templatetags.components",
                "portal.templatetags.vietnamese",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'portal.sqlite3'}")}
# A server nobody hears from any more is given up within ten seconds; it gives up who is not heard from within a minute.
_impatient = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 9000,
}
_forgetful = "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
if DATABASES["default"].get("ENGINE") == "django.db.backends.sqlite3":
    # WAL, an early write lock and a patient wait: many officials may save at the same moment.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    # A server that was started again is found at once, not by the first request of every thread failing.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Compiling a statement takes PostgreSQL seconds where its answer takes milliseconds: many small parts, few rows.
    _options = DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] = {**_impatient, "options": f"-c jit=off {_forgetful}", **_options}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
# A copy that PostgreSQL keeps up to date itself, for reading; empty: there is none. See portal/replica.py.
REPLICA_URL = env.str("REPLICA_URL", default="")
DATABASE_ROUTERS: list[str] = []
if REPLICA_URL:
    DATABASES["replica"] = env.db_url("REPLICA_URL")
    if {base.get("ENGINE") for base in DATABASES.values()} != {"django.db.backends.postgresql"}:
        raise ImproperlyConfigured(
            refusals._("REPLICA_URL needs PostgreSQL: give both it and DATABASE_URL an address such as postgres://….")
        )
    DATABASES["replica"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "TEST": {"MIRROR": "default"}}
    DATABASES["replica"]["OPTIONS"] = {
        **_impatient,
        "connect_timeout": 3,
        "options": f"-c jit=off -c default_transaction_read_only=on {_forgetful}",
    }
    DATABASE_ROUTERS = ["portal.replica.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "agencies.accounts.password_rules.NotTooLong"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "agencies.accounts.password_rules.NotCommonHere"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "email"]},
    },
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

# Wrong tries: django-axes keeps them, portal/throttling.py counts them in three ways.
AXES_HANDLER = "portal.throttling.ThreeLimits"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours: the account and address rest for 15 minutes
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# What is tried while locked is not counted, so a lock ends after 15 minutes however stubborn somebody is.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "portal.views.locked_out"
AXES_CLIENT_IP_CALLABLE = "portal.addresses.address_of"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "password", "code", "kept", "next"]
AXES_DISABLE_ACCESS_LOG = True  # signed-in devices have a table of their own
AXES_VERBOSE = False

# The second factor: django-otp slows down whoever guesses, 1, 2, 4 … seconds after each wrong code.
OTP_TOTP_ISSUER = "Cong Phoi hop cong tac"
OTP_TOTP_THROTTLE_FACTOR = 1
OTP_STATIC_THROTTLE_FACTOR = 1
# What every sign-in follows until a system administrator sets it on the page for it.
SIGN_IN_POLICY = {
    "second_factor_required": env.bool("PORTAL_SECOND_FACTOR", default=False),
    "idle_minutes": 30,
    "longest_hours": 12,
}

# Who may read the figures at /metrics: addresses or networks.
METRICS_FROM = env.list("PORTAL_METRICS_FROM", default=["127.0.0.0/8", "::1/128"])

# The proxies whose word about addresses and schemes is taken; none unless a service names them.
TRUSTED_PROXIES: list[str] = []

# Where the links of letters lead; never what a request calls itself.
PORTAL_ADDRESS = ""
MAIL_ON = False
EMAIL_TIMEOUT = 10

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["portal.formats"]
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Fonts and maps are packed already or read by developers only: squeezing them again costs a start half a minute.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["ttf", "woff2", "png", "jpg", "map", "gz", "br", "txt", "json"]
MEDIA_ROOT = Path(env.str("PORTAL_FILES", default=str(VAR / "files")))
# An S3-compatible store instead of the folder, where one is named with its key.
FILES_BUCKET = bucket_in(os.environ)
STORED_FILE_MODE = 0o600
# Who sends the bytes of a stored file once a view has allowed it: empty for the portal itself, "nginx" for the proxy.
SENDFILE = env.str("PORTAL_SENDFILE", default="")

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "reports.verification.hashing.HashOnly",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
EVIDENCE_MAX_BYTES = 20 * 1024 * 1024
# More than a report with all its files has; a body larger than this is refused before it is read.
REQUEST_MAX_BYTES = 11 * EVIDENCE_MAX_BYTES
# The office's virus scanner: clamd://host:port or clamd:///path/of/socket. Empty: it has none.
FILE_SCANNER = env.str("FILE_SCANNER", default="")

SESSION_ENGINE = "portal.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 24 * 60 * 60  # the longest the policy of sign-ins may allow; it usually allows less
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
# Says for some seconds that its bearer has written, and reads what was written: portal/replica.py.
WRITTEN_COOKIE_NAME = "written"
CSRF_FAILURE_VIEW = "portal.views.forgery_refused"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Where jobs wait to be done (records.jobs), emptied by `manage.py work`: see portal/settings/queue.py.
QUEUE = env.str("PORTAL_QUEUE", default="")
refusals.refuse(queue.faults_of_queue(QUEUE))
TASKS = {"default": {"BACKEND": queue.backend_of(QUEUE)}}

# Whom signatures are trusted by: a folder with certificates (*.pem, *.crt, *.cer) and revocation lists (*.crl).
SIGNING_TRUST = Path(env.str("PORTAL_TRUST", default=str(VAR / "trust")))
# Whether a signature counts only where a list of its issuer that still holds says nothing against it.
SIGNING_NEEDS_REVOCATION = env.bool("PORTAL_SIGNING_NEEDS_REVOCATION", default=False)
# Whether lists are fetched from the address a registered certificate names; an office without a way out says no.
SIGNING_FETCHES_LISTS = env.bool("PORTAL_SIGNING_FETCHES_LISTS", default=True)
# How long the two addresses for a signing tool hold.
SIGNING_ADDRESS_MINUTES = 30

# How often one address may ask about papers in ten minutes; 0: without limit.
VERIFICATION_QUESTIONS = env.int("PORTAL_VERIFICATION_QUESTIONS", default=60)

# Where archives of manage.py backup lie, and the file of the key they are sealed with; empty: they are not encrypted.
BACKUPS = Path(env.str("PORTAL_BACKUPS", default=str(VAR / "backups")))
# The backup of each night keeps so many of the newest; 0: none is made at night.
BACKUPS_KEPT = env.int("PORTAL_BACKUPS_KEPT", default=14)
BACKUP_KEY = env.str("PORTAL_BACKUP_KEY", default="")

# The office a visitor sees before signing in.
PORTAL_OWNER = env.str("PORTAL_OWNER", default="")

# A moment at which the demo's clock stands; empty everywhere else (see records.clock).
PORTAL_CLOCK = env.str("PORTAL_CLOCK", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"words": {"()": "portal.logs.Words"}, "objects": {"()": "portal.logs.Objects"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "words"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Each wrong try stands in the audit; a lock is told of by portal code, once.
    "loggers": {
        "axes": {"level": "ERROR"},
        "portal.requests": {"level": "INFO" if env.bool("PORTAL_LOG_REQUESTS", default=False) else "WARNING"},
    },
}
