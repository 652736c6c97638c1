"""One file a command, loaded by name: and nothing else is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tui.cli import commands
from tui.cli.parser import COMMANDS, WITHOUT_A_NAME, build_parser, declared_commands, load_command

HELPERS = {"__init__", "version"}


def loaded_by(*arguments: str) -> set[str]:
    """Which modules a command has loaded when it ends."""
    code = ("import atexit, json, sys; atexit.register(lambda: print(json.dumps(list(sys.modules)), file=sys.stderr)); "
            f"from tui.cli.main import main; main({list(arguments)})")
    result = subprocess.run([sys.executable, "-c", code], input="", capture_output=True, text=True, check=False)
    return set(json.loads(result.stderr.splitlines()[-1]))


def test_every_command_has_its_file_and_every_file_is_a_command() -> None:
    files = {path.stem for path in Path(commands.__path__[0]).glob("*.py")}
    assert files - HELPERS == {*COMMANDS, WITHOUT_A_NAME}


def test_every_command_can_be_run_and_has_examples_and_a_version() -> None:
    for name, command in declared_commands(build_parser()):
        assert str(command.epilog).endswith(f"examples:\n{load_command(name).EXAMPLES}")
        assert load_command(name).EXAMPLES.startswith(f"  handgrad {name}")
        assert "--version" in command._option_string_actions
        assert callable(load_command(name).run)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["plya"]], ids=str)
def test_help_loads_no_other_command_and_nothing_that_is_slow(arguments: list[str]) -> None:
    own = {name for name in loaded_by(*arguments) if name.startswith(("engine.", "tui."))}
    assert own <= {"engine.late", "engine.text", "engine.text.printable", "engine.text.system_error", "tui.cli",
                   "tui.cli.main", "tui.cli.parser", "tui.cli.arguments", "tui.cli.commands",
                   "tui.cli.commands.version", "tui.terminal", "tui.terminal.console", "tui.terminal.signals",
                   "tui.cli.streams", "tui.view", "tui.view.glyphs"}


@pytest.mark.parametrize("arguments", [["play", "and-gate"], ["check", "x"], ["trace", "and-gate"], []], ids=str)
def test_without_a_screen_textual_is_not_loaded(arguments: list[str]) -> None:
    loaded = loaded_by(*arguments)
    assert "textual" not in loaded
    assert "tui.cli.screen_walk" not in loaded
    assert {name for name in loaded if name.startswith("tui.cli.commands.")} == {
        f"tui.cli.commands.{arguments[0] if arguments else WITHOUT_A_NAME}"}
