"""Django's command line for the site: ``python -m maillage.web check --deploy``."""

from __future__ import annotations

import os
import sys


def run() -> None:
    """Run one command of Django on the site."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["python -m maillage.web", *sys.argv[1:]])


if __name__ == "__main__":
    run()
