"""The portal under faults: as the demo runs it, with quick password hashes, plain static files, and mail where told."""

from .demo import *  # noqa: F403
from .demo import env

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SECRET_KEY = env.str("PORTAL_SECRET_KEY", default="test-only")
SECRET_KEY_FALLBACKS = env.list("PORTAL_OLD_SECRET_KEYS", default=[])
if env.str("EMAIL_URL", default=""):
    _mail = env.email_url("EMAIL_URL")
    EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = (_mail[name] for name in ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT"))
