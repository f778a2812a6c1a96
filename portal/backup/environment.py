"""The settings of the office as the environment names them, so that another machine can be set up alike."""

import os
import re
from collections.abc import Mapping

_NAMES = re.compile(
    r"PORTAL_\w+|DATABASE_URL|REPLICA_URL|EMAIL_URL|FILE_SCANNER|DJANGO_SETTINGS_MODULE|WEB_CONCURRENCY|PORT"
)
_SECRET = re.compile(r"SECRET|PASSWORD|PASSPHRASE|TOKEN")
_PASSWORD_IN_URL = re.compile(r"(?<=://)([^:/@\s]*):[^@\s]*@")
KEPT_BACK = "***"


def settings_list(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Names and values of what was set; of secrets and passwords only that there is one."""
    named = {name: value for name, value in sorted(environment.items()) if _NAMES.fullmatch(name)}
    return {
        name: KEPT_BACK if _SECRET.search(name) and value else _PASSWORD_IN_URL.sub(rf"\1:{KEPT_BACK}@", value)
        for name, value in named.items()
    }
