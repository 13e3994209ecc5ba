"""What the commands that adopt a plan and withdraw it share: options, the desk, what is told."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from maillage.cli.options import (
    Decorator,
    by_option,
    json_option,
    on_option,
    quiet_option,
    workspace_option,
)
from maillage.kernel.language import tr

if TYPE_CHECKING:
    from maillage.jobs.adopt_plan import Adopted
    from maillage.jobs.decide import Who
    from maillage.jobs.ports import Means, WorkStore
    from maillage.standard.mednum import Service

_DRY_RUN: Decorator = click.option(
    "--dry-run", is_flag=True, help=tr("Dit ce qui changerait, et n'écrit rien.")
)
_OPTIONS: tuple[Decorator, ...] = (
    _DRY_RUN, workspace_option, by_option, on_option, json_option, quiet_option,
)  # fmt: skip

plan_argument: Decorator = click.argument(
    "file", type=click.Path(path_type=Path, exists=True, dir_okay=False)
)


@dataclass(frozen=True, slots=True)
class Desk:
    """In what workspace, by whom and when a directory is changed, and how that is told."""

    workspace: Path | None
    by: str
    on: dt.date
    dry_run: bool
    as_json: bool
    quiet: bool

    def change(self, siren: str | None, file: Path | None, work: Change) -> Adopted:
        """Return what a change made of the workspace.

        ``siren`` is the territory that the plan of ``file`` was made for: UnusableFile where it is
        another than the workspace's.
        """
        from maillage.cli.progress import shown_progress
        from maillage.jobs.decide import Who
        from maillage.kernel.errors import UnusableFile
        from maillage.kernel.parameters import load_parameters
        from maillage.wiring import desk, house

        with (
            shown_progress(quiet=self.quiet or self.as_json) as progress,
            desk.opened(self.workspace, self.on, self.by) as space,
        ):
            if file is not None and siren != space.siren:
                message = tr("ce plan est celui d'un autre territoire ({its}, et non {ours})")
                raise UnusableFile(file, message.format(its=siren, ours=space.siren))
            means = house.means(load_parameters(self.on), progress)
            return work(space.siren, Who(self.by, self.on), space.store, means)

    def tell(self, command: str, source: str, head: str, done: Adopted) -> None:
        """Say, or answer in JSON, what adopting or withdrawing a plan changed in the directory."""
        from maillage.cli.directory_words import refresh_words
        from maillage.cli.envelope import print_envelope
        from maillage.cli.telling import tell_source_findings
        from maillage.directory.refresh import refresh_lines

        if self.as_json:
            words = refresh_words(done.refresh)
            result = {"source": source, "saved": not self.dry_run, **words}
            print_envelope(command, done.work.territory, self.on, done.findings, result)
            return
        click.secho(head, bold=True)
        for line in refresh_lines(done.refresh):
            click.echo(f"  {line}")
        tell_source_findings(done.findings, None, all_option=False)
        if self.dry_run:
            click.echo(tr("Rien n'a été écrit (--dry-run)."))


Change = Callable[[str, "Who", "WorkStore", "Means"], "Adopted"]
"""A change of a territory's directory: its SIREN, by whom, its store, what it works with."""


def desk_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add in what workspace, by whom, when and how it is told: given as ``desk``."""

    @functools.wraps(command)
    def with_desk(**told: object) -> object:
        """Put the options together, and do the command."""
        desk = Desk(
            workspace=cast("Path | None", told.pop("workspace")),
            by=str(told.pop("by")),
            on=cast("dt.date", told.pop("on")),
            dry_run=bool(told.pop("dry_run")),
            as_json=bool(told.pop("as_json")),
            quiet=bool(told.pop("quiet")),
        )
        return command(**told, desk=desk)

    wrapped: Callable[..., Any] = with_desk
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def services_option(text: str) -> Decorator:
    """Return the option of the services given, with its help; as typed, for ``services_told``."""
    return click.option("--service", "services", multiple=True, metavar="NAME", help=text)


def services_told(services: tuple[str, ...]) -> tuple[Service, ...]:
    """Return the services that texts name, each once, or fail giving those there are."""
    from maillage.cli.person_options import service_wanted

    found = (service_wanted(text) for text in services)
    return tuple(dict.fromkeys(one for one in found if one is not None))
