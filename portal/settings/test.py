"""The portal under test: plain static files, quick password hashes, no throttling unless a test asks for it."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403

DEMO = True
DEBUG = False
SECRET_KEY = "test-only"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Nothing a developer keeps under var/ is read by a test, and nothing of a test is left behind.
_place = tempfile.TemporaryDirectory(prefix="portal-test-", ignore_cleanup_errors=True)
MEDIA_ROOT = Path(_place.name, "files")
MEDIA_ROOT.mkdir(mode=0o700)
SIGNING_TRUST = Path(_place.name, "trust")
FILES_BUCKET = {}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_ON = True
VERIFICATION_QUESTIONS = 0
PORTAL_ADDRESS = "https://phoi-hop.example"
DEFAULT_FROM_EMAIL = "cong-phoi-hop@phoi-hop.example"
# A job is done where it is asked for; tests of the queue choose the portal's own.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
