"""A walk on the screen."""

import argparse
import os
import sys

from engine.walk.keeper import Keeper
from engine.walk.walk import Walk
from tui.app.app import HandgradApp
from tui.app.themes import theme_names
from tui.cli.opening import course_folder
from tui.cli.spelling import choose_signs
from tui.config.configuration import Configuration, replace_unknown_theme
from tui.terminal.faults import FaultError
from tui.terminal.restoring import terminal_as_it_was
from tui.terminal.signals import on_signals


def run(walk: Walk, keeper: Keeper, options: argparse.Namespace, configuration: Configuration) -> int:
    """Walk until the learner leaves; returns the exit code."""
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]  # which counts only where it is not empty
    signs = choose_signs(sys.__stderr__, options.ascii)
    configuration, problem = replace_unknown_theme(configuration, theme_names())
    if problem:
        print(problem, file=sys.stderr)
    app = HandgradApp(walk, signs, keeper, configuration, course_folder(options), options.watch)
    on_signals(lambda: keeper.save_now(app.walk), app.end_by_signal)
    app.guard_threads()
    try:
        with terminal_as_it_was():
            app.run(mouse=options.mouse)
            if app.fault:
                raise FaultError from app.fault
    finally:
        keeper.keep(app.walk)
    return app.return_code or 0
