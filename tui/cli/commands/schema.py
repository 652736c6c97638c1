"""handgrad schema: the JSON Schema of lesson files."""

import argparse

from engine.lesson.format import as_json_schema
from tui.terminal.console import speak_utf8

EXAMPLES = "  handgrad schema > lesson.schema.json"


def declare(_parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(_options: argparse.Namespace) -> int:
    """Write it."""
    speak_utf8()
    print(as_json_schema())
    return 0
