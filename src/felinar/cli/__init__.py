"""The command line: one command per folder, each imported only when it is called."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from felinar import __version__
from felinar.cli.session import Session
from felinar.cli.terminal import plain
from felinar.errors import FelinarError, unknown_name

# In the order of the work. Name of the command -> module in this folder; the function has the name of the module.
COMMANDS = {
    "demo": "demo",
    "ingest": "ingest",
    "run": "run",
    "leads": "leads",
    "show": "show",
    "judge": "judge",
    "search": "search",
    "watch": "watch",
    "cases": "cases",
    "export": "export",
    "extract": "extract",
    "templates": "templates",
    "pictures": "pictures",
    "hashlists": "hashlists",
    "evaluate": "evaluate",
    "serve": "serve",
    "access": "access",
    "audit": "audit",
    "doctor": "doctor",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when it is called, so that start-up stays short."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"felinar.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, COMMANDS[cmd_name])
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader who has seen enough (`| head`) is no error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was probably meant."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            raise unknown_name("command", args[0], COMMANDS)
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--workspace", type=click.Path(path_type=Path, file_okay=False), help="Folder that holds the work.")
@click.option("--purpose", default="", help="Why this work is done; asked for once per workspace (FELINAR_PURPOSE).")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
@click.option("--quiet", is_flag=True, help="No messages, only data and errors.")
@click.version_option(__version__, prog_name="felinar")
@click.pass_context
def felinar(context: click.Context, workspace: Path | None, purpose: str, as_json: bool, quiet: bool) -> None:
    """Finds leads against human trafficking in piles of online adverts.

    Exit codes: 0 done; 1 a check failed; 2 wrong usage, unreadable input or workspace in use; 70 our own fault.
    """
    context.obj = Session(workspace, as_json, quiet, purpose)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        code = felinar.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except FelinarError as problem:
        click.echo(plain(f"felinar: {problem}"), err=True)
        sys.exit(problem.exit_code)
    except click.ClickException as problem:
        problem.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("felinar: stopped; nothing that was finished is lost.", err=True)
        sys.exit(130)
    except OSError as problem:  # a full disk, a file that may not be read: theirs to mend
        click.echo(plain(f"felinar: {problem}."), err=True)
        sys.exit(2)
    except Exception:  # the last line of defence: say it plainly, keep the trace for the report
        traceback.print_exc()
        click.echo("felinar: this is our fault, not yours. Please report the lines above.", err=True)
        sys.exit(70)
