"""Run the command line with ``maillage`` or ``python -m maillage``."""

import sys

INTERRUPTED = 130


def run() -> None:
    """Run the command line; interrupted before it is even loaded, leave without a word."""
    try:
        from maillage.cli.main import main  # noqa: PLC0415 - loading it is what may be interrupted
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    main()


if __name__ == "__main__":
    run()
