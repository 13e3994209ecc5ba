"""Run the command line with ``python -m maillage.cli``."""

from maillage.cli.main import main

main()
