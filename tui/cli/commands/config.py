"""handgrad config: a configuration to start from; of one that is there, where it is and what is wrong with it."""

import argparse
import os
from pathlib import Path

from engine.text.printable import printable
from engine.text.system_error import reason_of
from engine.text.whole_file import make_folder
from tui.app.themes import theme_names
from tui.cli.files import write_new_file
from tui.config.configuration import configuration_file, problem_with_theme, read_configuration
from tui.config.template import compose_configuration
from tui.terminal.console import WRONG_INPUT, complain

EXAMPLES = "  handgrad config"
LONGEST_PATH = 1000  # as it is shown


def declare(_parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(_options: argparse.Namespace) -> int:
    """Write it, if there is none; say where it is."""
    path = configuration_file()
    if path is None:
        return complain("handgrad config: no home directory; expected XDG_CONFIG_HOME or HOME", WRONG_INPUT)
    return _check(path) if os.path.lexists(path) else _write(path)


def _check(path: Path) -> int:
    print(printable(str(path), LONGEST_PATH), flush=True)
    configuration, problems = read_configuration()
    if problem := problem_with_theme(configuration.theme, theme_names()):
        problems.append(problem)
    return complain("\n".join(problems), WRONG_INPUT) if problems else 0


def _write(path: Path) -> int:
    name = printable(str(path), LONGEST_PATH)
    try:
        make_folder(path.parent)
    except OSError as error:
        problem = reason_of(error).lower()
    else:
        problem = write_new_file(path, compose_configuration())
    if problem:
        return complain(f"{name}: {problem}; expected a file that can be made", WRONG_INPUT)
    print(f"wrote {name}")
    return 0
