"""The site as a server of Python knows it: ``gunicorn maillage.web.wsgi:application``."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.web.settings")
application = get_wsgi_application()

from maillage.web.reading.warm import warm  # noqa: E402 - Django is set up first

warm()
