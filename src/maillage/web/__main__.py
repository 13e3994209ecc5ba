"""Django's command line for the site: ``python -m maillage.web check --deploy``."""

from __future__ import annotations

import os
import sys


def run() -> None:
    """Run one command of Django on the site; settings that do not hold are said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.web.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["python -m maillage.web", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        sys.exit(str(error))


if __name__ == "__main__":
    run()
