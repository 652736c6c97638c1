"""Walking a lesson from a place on, on the screen or in plain text; the place is kept all the way."""

import argparse
import importlib
import os
import sys
from dataclasses import replace
from pathlib import Path

from engine.learner.learner import Learner, ProgressWriter
from engine.learner.progress import Bookmark, Progress
from engine.lesson.lesson import shipped_lessons
from engine.walk.session import Session
from tui.config.configuration import read_configuration

SCREEN, PLAIN = "tui.cli.screen_walk", "tui.cli.plain_walk"  # loaded by name: each needs much that the other does not


def walk(session: Session, bookmark: Bookmark, options: argparse.Namespace, progress: Progress) -> int:
    """Walk on; returns the exit code."""
    if bookmark.lesson not in shipped_lessons():
        # so that it is found from any folder
        bookmark = replace(bookmark, lesson=str(Path(bookmark.lesson).absolute()))
    configuration, problems = read_configuration()
    for problem in problems:
        print(problem, file=sys.stderr)
    front_end = importlib.import_module(PLAIN if _is_plain(options) else SCREEN)
    writer = ProgressWriter()
    learner = Learner.at(bookmark, progress, writer)
    learner.folder = Path(options.lessons) if options.lessons else None
    learner.is_watching = options.watch
    try:
        status: int = front_end.run(session, options, learner, configuration)
    finally:
        writer.close()
    return status


def _is_plain(options: argparse.Namespace) -> bool:
    """Whether lines of text are asked for, or are all that the terminal takes."""
    in_terminal = all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    return bool(options.plain or not in_terminal or os.environ.get("TERM", "") in ("", "dumb")
                or os.environ.get("ACCESSIBLE", "") not in ("", "0"))
