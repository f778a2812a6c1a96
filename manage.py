#!/usr/bin/env python
"""The portal's command line. Without DJANGO_SETTINGS_MODULE it speaks for the local demo portal."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    from portal.mishaps import sentence_of

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
    except (OSError, OperationalError) as mishap:
        if told := sentence_of(mishap):
            sys.exit(told)
        raise


if __name__ == "__main__":
    main()
