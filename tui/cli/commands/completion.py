"""handgrad completion: what shells read to complete commands, made from the command line's own parser."""

import argparse
import re
from collections.abc import Iterator, Sequence

from engine.export.selection import PHASES
from engine.lesson.lesson import shipped_lessons
from tui.cli.parser import Parser, build_parser, declared_commands

EXAMPLES = "  handgrad completion bash > ~/.local/share/bash-completion/completions/handgrad"
SHELLS = ("bash", "zsh", "fish")
FOLDER = "--lessons"

BASH = r"""
_handgrad() {
    local word="${COMP_WORDS[COMP_CWORD]}" before="" each="" command="" folder="" choices="" ids="" k IFS=$' \t\n'
    for ((k = 1; k < COMP_CWORD; k++)); do
        each="${COMP_WORDS[k]}"
        [ "$each" = "=" ] && continue
        case "$before $each" in
            "--lessons "*) folder="${each//[\\\"\']/}"; folder="${folder/#\~/$HOME}" ;;
            *" --lessons="*) folder="${each#--lessons=}" ;;
            *" -"*) ;;
            *) [ -z "$command" ] && command="$each" ;;
        esac
        before="$each"
    done
    [ "$word" = "=" ] && word=""
    case "$before" in
        --lessons) IFS=$'\n'; COMPREPLY=($(compgen -d -- "$word")); return ;;
@VALUES@
        @FREE@) return ;;
    esac
    if [ -n "$choices" ]; then COMPREPLY=($(compgen -W "$choices" -- "$word")); return; fi
    case "$command" in
@COMMANDS@
        *) choices="@TOP@" ;;
    esac
    case "$command" in
        @WITH_LESSON@)
            ids="$("${COMP_WORDS[0]}" lessons --ids ${folder:+--lessons "$folder"} 2>/dev/null)"
            choices+=" ${ids:-@LESSONS@}" ;;
    esac
    COMPREPLY=($(compgen -W "$choices" -- "$word"))
    IFS=$'\n'
    case "$word" in -*) ;; *) [ -n "$command" ] && COMPREPLY+=($(compgen -f -- "$word")) ;; esac
}
complete -o filenames -F _handgrad handgrad
"""
FISH = r"""
function __handgrad_ids
    set -l words (commandline -opc)
    set -l folder
    for k in (seq (count $words))
        string match -q -- '--lessons=*' $words[$k]; and set folder (string replace -- '--lessons=' '' $words[$k])
        test $words[$k] = --lessons; and set folder $words[(math $k + 1)]
    end
    set -q folder[1]; and set folder --lessons (string replace -r -- '^~(?=/|$)' $HOME $folder)
    $words[1] lessons --ids $folder 2>/dev/null
end
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
        for action in filter(_takes_value, command._actions):
            for flag in action.option_strings:
                known = values.setdefault(flag, [])
                known += [choice for choice in _choices(action) if choice not in known]
    free = [flag for flag, choices in values.items() if not choices and flag != FOLDER]
    filled = {
        "VALUES": "\n".join(f'        {flag}) choices="{" ".join(choices)}" ;;' for flag, choices in values.items()
                            if choices),
        "FREE": "|".join(free),
        "LESSONS": " ".join(lessons),
        "COMMANDS": "\n".join(f'        {name}) choices="{" ".join(_words(command))}" ;;'
                              for name, command in commands.items()),
        "TOP": " ".join([*commands, *_flags(parser)]),
        "WITH_LESSON": "|".join(name for name, command in commands.items() if _takes_lesson(command))}
    text = re.sub("@([A-Z_]+)@", lambda found: filled[found[1]], BASH).lstrip()
    return f"autoload -U +X bashcompinit && bashcompinit\n{text}" if shell == "zsh" else text


def _flags(parser: argparse.ArgumentParser) -> list[str]:
    return [flag for action in parser._actions for flag in action.option_strings if flag.startswith("--")]


def _takes_value(action: argparse.Action) -> bool:
    """Whether it is an option with something behind it."""
    return bool(action.option_strings) and action.nargs != 0


def _choices(action: argparse.Action) -> list[str]:
    """What may stand behind an option; nothing where that is free."""
    return [*map(str, action.choices or ()), *(PHASES if action.dest == "phase" else ())]


def _words(command: argparse.ArgumentParser) -> list[str]:
    chosen = [str(choice) for action in command._actions if action.choices and not action.option_strings
              for choice in action.choices]
    return [*_flags(command), *chosen]


def _takes_lesson(command: argparse.ArgumentParser) -> bool:
    return any(action.dest == "lesson" for action in command._actions)


def _fish(parser: Parser, lessons: Sequence[str]) -> Iterator[str]:
    commands = dict(declared_commands(parser))
    top = f"-n 'not __fish_seen_subcommand_from {' '.join(commands)}'"
    yield FISH.strip()
    for action in parser._actions:
        for flag in action.option_strings:
            if flag.startswith("--"):
                yield f"complete -c handgrad {top} -l {flag[2:]} -d {_quote(action.help or '')}"
    for name, command in commands.items():
        yield f"complete -c handgrad -f {top} -a {name} -d {_quote(command.description or '')}"
        here = f"-n '__fish_seen_subcommand_from {name}'"
        for action in command._actions:
            known = _choices(action) if action.option_strings else list(map(str, action.choices or ()))
            choices = f" -x -a {_quote(' '.join(known))}" if known else ""
            if not known and _takes_value(action):
                choices = " -r" if FOLDER in action.option_strings else " -x"
            if action.dest == "lesson":
                choices = f" -a {_quote(' '.join(lessons) + ' (__handgrad_ids)')}"
            flags = "".join(f" -l {flag[2:]}" for flag in action.option_strings if flag.startswith("--"))
            if flags or choices:
                about = "" if action.help == argparse.SUPPRESS else f" -d {_quote(action.help or '')}"
                yield f"complete -c handgrad {here}{flags}{choices}{about}"


def _quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
