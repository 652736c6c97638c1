"""handgrad --version: which handgrad this is."""

import argparse
from importlib import metadata


def read_version() -> str:
    """The version that is installed."""
    return metadata.version("handgrad")


def run(_options: argparse.Namespace) -> int:
    """Say it."""
    print(f"handgrad {read_version()}")
    return 0
