"""Completion for shells, and a man page: both made from the command line's own parser."""

import argparse
from collections.abc import Iterator, Mapping, Sequence

BASH = """\
_handgrad() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" choices=""
    case "$before" in
{values}
    esac
    if [ -n "$choices" ]; then COMPREPLY=($(compgen -W "$choices" -- "$word")); return; fi
    case "${{COMP_WORDS[1]}}" in
{commands}
        *) choices="{top}" ;;
    esac
    COMPREPLY=($(compgen -W "$choices" -- "$word"))
    case "$word" in -*) ;; *) [ "$COMP_CWORD" -gt 1 ] && COMPREPLY+=($(compgen -f -- "$word")) ;; esac
}}
complete -o filenames -F _handgrad handgrad
"""


def commands_of(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    """The commands by their names, in order."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def completion(shell: str, parser: argparse.ArgumentParser, lessons: Sequence[str]) -> str:
    """What a shell reads to complete the commands, their options and the lessons."""
    if shell == "fish":
        return "\n".join(_fish(parser, lessons)) + "\n"
    commands = commands_of(parser)
    values: dict[str, list[str]] = {}
    for command in commands.values():
        for action in command._actions:
            for flag in action.option_strings if action.choices else ():
                known = values.setdefault(flag, [])
                known += [choice for choice in map(str, action.choices or ()) if choice not in known]
    text = BASH.format(
        values="\n".join(f'        {flag}) choices="{" ".join(choices)}" ;;' for flag, choices in values.items()),
        commands="\n".join(f'        {name}) choices="{" ".join(_words(command, lessons))}" ;;'
                           for name, command in commands.items()),
        top=" ".join([*commands, *_flags(parser)]))
    return f"autoload -U +X bashcompinit && bashcompinit\n{text}" if shell == "zsh" else text


def man_page(parser: argparse.ArgumentParser, version: str) -> str:
    """The man page, in roff."""
    lines = [f'.TH HANDGRAD 1 "" "handgrad {version}"', ".SH NAME", f"handgrad \\- {_roff(parser.description or '')}",
             ".SH SYNOPSIS", ".B handgrad", "[\\fIOPTION\\fR ...] [\\fICOMMAND\\fR ...]", ".SH OPTIONS",
             *_options(parser), ".SH COMMANDS"]
    for name, command in commands_of(parser).items():
        usage = command.format_usage().removeprefix("usage: ").strip()
        lines += [f".SS {_roff(usage)}", _roff(command.description or name), *_options(command)]
    lines += [".SH EXAMPLES", ".nf", *map(_roff, (parser.epilog or "").split("\n")[1:]), ".fi",
              ".SH ENVIRONMENT", "NO_COLOR, HANDGRAD_ASCII, ACCESSIBLE, XDG_STATE_HOME, XDG_DATA_HOME",
              ".SH EXIT STATUS", "0 done; 1 the input is wrong; 2 the command line is wrong; 130 interrupted."]
    return "\n".join(lines) + "\n"


def _flags(parser: argparse.ArgumentParser) -> list[str]:
    return [flag for action in parser._actions for flag in action.option_strings if flag.startswith("--")]


def _words(command: argparse.ArgumentParser, lessons: Sequence[str]) -> list[str]:
    takes_lesson = any(action.dest == "lesson" for action in command._actions)
    chosen = [str(choice) for action in command._actions if action.choices and not action.option_strings
              for choice in action.choices]
    return [*_flags(command), *chosen, *(lessons if takes_lesson else ())]


def _fish(parser: argparse.ArgumentParser, lessons: Sequence[str]) -> Iterator[str]:
    top = "-n __fish_use_subcommand"
    for action in parser._actions:
        for flag in action.option_strings:
            if flag.startswith("--"):
                yield f"complete -c handgrad {top} -l {flag[2:]} -d {_quote(action.help or '')}"
    for name, command in commands_of(parser).items():
        yield f"complete -c handgrad -f {top} -a {name} -d {_quote(command.description or '')}"
        here = f"-n '__fish_seen_subcommand_from {name}'"
        for action in command._actions:
            choices = f" -x -a {_quote(' '.join(map(str, action.choices)))}" if action.choices else ""
            if action.dest == "lesson":
                choices = f" -a {_quote(' '.join(lessons))}"
            flags = "".join(f" -l {flag[2:]}" for flag in action.option_strings if flag.startswith("--"))
            if flags or choices:
                yield f"complete -c handgrad {here}{flags}{choices} -d {_quote(action.help or '')}"


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        name = ", ".join(action.option_strings) or str(action.metavar or "")
        if name and action.help:
            value = f" {action.metavar}" if action.option_strings and action.metavar else ""
            yield from (".TP", f".B {_roff(name + value)}", _roff(action.help))


def _quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _roff(text: str) -> str:
    text = " ".join(text.split()) if not text.startswith("  ") else text
    return text.replace("\\", "\\e").replace("-", "\\-")
