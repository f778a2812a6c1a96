"""The door a web server knocks at. A service that names no settings gets the strict ones."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.service")
application = get_wsgi_application()
