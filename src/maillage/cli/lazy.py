"""Groups of commands that import each only when it is called: help stays instant."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from maillage.kernel.language import tr


class LazyGroup(click.Group):
    """A group whose sub-commands stand in the files of one package.

    ``sub_commands`` gives their names, in the order a newcomer needs them, and what each does; the
    file ``package.name`` holds the command as ``command``.
    """

    def __init__(
        self,
        name: str | None = None,
        *,
        package: str,
        sub_commands: Mapping[str, str],
        **options: Any,  # noqa: ANN401 - whatever click's own groups take
    ) -> None:
        super().__init__(name, **options)
        self._package = package
        self._sub_commands = sub_commands

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the sub-commands, in their order."""
        return list(self._sub_commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one sub-command, None where there is no such."""
        if cmd_name not in self._sub_commands:
            return None
        file = cmd_name.replace("-", "_") + ("_" if iskeyword(cmd_name) else "")
        module = import_module(f"{self._package}.{file}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of sub-commands without importing them."""
        with formatter.section(tr("Commandes")):
            formatter.write_dl([(name, tr(text)) for name, text in self._sub_commands.items()])
