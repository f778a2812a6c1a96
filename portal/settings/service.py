"""The name the settings of a service had before; they are in portal/settings/production.py."""

from .production import *  # noqa: F403
