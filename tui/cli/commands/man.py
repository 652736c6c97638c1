"""handgrad man: a man page, made from the command line's own parser."""

import argparse
from collections.abc import Iterator

from tui.cli.commands.version import read_version
from tui.cli.parser import Parser, build_parser, declared_commands
from tui.cli.streams import speak_to_programs

EXAMPLES = "  handgrad man | man -l -"
EXIT_STATUS = "0 done; 1 the input is wrong; 2 the command line is; 70 a fault of handgrad's own; 130 interrupted."


def declare(_parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(options: argparse.Namespace) -> int:
    """Write it."""
    speak_to_programs(options.ascii)
    print(man_page(build_parser(), read_version()), end="")
    return 0


def man_page(parser: Parser, version: str) -> str:
    """The man page, in roff."""
    lines = [f'.TH HANDGRAD 1 "" "handgrad {version}"', ".SH NAME", f"handgrad \\- {_roff(parser.description or '')}",
             ".SH SYNOPSIS", ".B handgrad", "[\\fIOPTION\\fR ...] [\\fICOMMAND\\fR ...]", ".SH OPTIONS",
             *_options(parser), ".SH COMMANDS"]
    for name, command in declared_commands(parser):
        usage = command.format_usage().removeprefix("usage: ").strip()
        lines += [f".SS {_roff(usage)}", _roff(command.description or name), *_options(command)]
    lines += [".SH EXAMPLES", ".nf", *map(_roff, (parser.epilog or "").split("\n")[1:]), ".fi",
              ".SH ENVIRONMENT", "NO_COLOR, HANDGRAD_ASCII, ACCESSIBLE, XDG_CONFIG_HOME, XDG_STATE_HOME, XDG_DATA_HOME",
              ".SH EXIT STATUS", EXIT_STATUS]
    return "\n".join(lines) + "\n"


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        name = ", ".join(action.option_strings) or str(action.metavar or "")
        if name and action.help and action.help != argparse.SUPPRESS:
            value = f" {action.metavar}" if action.option_strings and action.metavar else ""
            yield from (".TP", f".B {_roff(name + value)}", _roff(action.help))


def _roff(text: str) -> str:
    text = " ".join(text.split()) if not text.startswith("  ") else text
    return text.replace("\\", "\\e").replace("-", "\\-")
