"""handgrad schema: the JSON Schema of lesson files."""

import argparse

from engine.lesson.format import as_json_schema
from tui.cli.streams import speak_to_programs

EXAMPLES = "  handgrad schema > lesson.schema.json"


def declare(_parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(options: argparse.Namespace) -> int:
    """Write it."""
    speak_to_programs(options.ascii, is_json=True)
    print(as_json_schema())
    return 0
