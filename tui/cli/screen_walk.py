"""A walk on the screen."""

import argparse
import os
import sys

from engine.learner.learner import Learner
from engine.walk.session import Session
from tui.app.app import HandgradApp
from tui.cli.spelling import choose_spelling
from tui.config.configuration import TERMINAL_THEME, Configuration, problem_with_theme


def run(session: Session, options: argparse.Namespace, learner: Learner, configuration: Configuration) -> int:
    """Walk until the learner leaves; returns the exit code."""
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]  # which counts only where it is not empty
    app = HandgradApp(session, choose_spelling(sys.__stderr__, options.ascii), learner)
    if problem := problem_with_theme(configuration.theme, app.available_themes):
        print(problem, file=sys.stderr)
    elif configuration.theme != TERMINAL_THEME:
        app.ansi_color, app.theme = None, configuration.theme
    app.run(mouse=options.mouse)
    learner.keep(app.session)
    return app.return_code or 0
