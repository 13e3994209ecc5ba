"""Plain functions over arrays made into machine code by numba, kept on disk where that is possible.

A file of kernels imports this one, and is itself imported inside functions only: loading numba
takes a second that a command which searches no journey must not pay.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from maillage.kernel.errors import MissingExtra
from maillage.kernel.language import tr

F = TypeVar("F", bound=Callable[..., Any])


def compiled(kernel: F) -> F:
    """Return the kernel compiled at its first call; threads run it side by side.

    The machine code is kept beside the file, or in the user's cache folder where the installation
    cannot be written (``NUMBA_CACHE_DIR`` names another); where nothing can be written it is made
    anew by each process. Raises MissingExtra where numba is not installed.
    """
    numba = _numba()
    try:
        made: F = numba.njit(cache=True, nogil=True)(kernel)
    except RuntimeError:  # numba's answer where no folder can be written
        made = numba.njit(nogil=True)(kernel)
    return made


def _numba() -> Any:  # noqa: ANN401 - numba tells no types
    try:
        import numba
    except ImportError as error:
        message = tr(
            "La recherche de trajets demande numba, qui n'est pas installé : "
            'pip install "maillage[access]".'
        )
        raise MissingExtra(message) from error
    return numba
