"""handgrad completion: what shells read to complete commands, made from the command line's own parser."""

import argparse
from collections.abc import Iterator, Sequence

from engine.lesson.lesson import shipped_lessons
from tui.cli.parser import Parser, build_parser, declared_commands

EXAMPLES = "  handgrad completion bash > ~/.local/share/bash-completion/completions/handgrad"
SHELLS = ("bash", "zsh", "fish")

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


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("shell", choices=SHELLS)


def run(options: argparse.Namespace) -> int:
    """Write it."""
    print(completion(options.shell, build_parser(), list(shipped_lessons())), end="")
    return 0


def completion(shell: str, parser: Parser, lessons: Sequence[str]) -> str:
    """What a shell reads to complete the commands, their options and the lessons."""
    if shell == "fish":
        return "\n".join(_fish(parser, lessons)) + "\n"
    commands = dict(declared_commands(parser))
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


def _flags(parser: argparse.ArgumentParser) -> list[str]:
    return [flag for action in parser._actions for flag in action.option_strings if flag.startswith("--")]


def _words(command: argparse.ArgumentParser, lessons: Sequence[str]) -> list[str]:
    takes_lesson = any(action.dest == "lesson" for action in command._actions)
    chosen = [str(choice) for action in command._actions if action.choices and not action.option_strings
              for choice in action.choices]
    return [*_flags(command), *chosen, *(lessons if takes_lesson else ())]


def _fish(parser: Parser, lessons: Sequence[str]) -> Iterator[str]:
    top = "-n __fish_use_subcommand"
    for action in parser._actions:
        for flag in action.option_strings:
            if flag.startswith("--"):
                yield f"complete -c handgrad {top} -l {flag[2:]} -d {_quote(action.help or '')}"
    for name, command in declared_commands(parser):
        yield f"complete -c handgrad -f {top} -a {name} -d {_quote(command.description or '')}"
        here = f"-n '__fish_seen_subcommand_from {name}'"
        for action in command._actions:
            choices = f" -x -a {_quote(' '.join(map(str, action.choices)))}" if action.choices else ""
            if action.dest == "lesson":
                choices = f" -a {_quote(' '.join(lessons))}"
            flags = "".join(f" -l {flag[2:]}" for flag in action.option_strings if flag.startswith("--"))
            if flags or choices:
                about = "" if action.help == argparse.SUPPRESS else f" -d {_quote(action.help or '')}"
                yield f"complete -c handgrad {here}{flags}{choices}{about}"


def _quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
