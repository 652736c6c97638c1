"""A configuration to start from: every choice there is, commented out."""

from tui.config.configuration import LEAST_DIGITS, MOST_DIGITS, TERMINAL_THEME
from tui.config.keys import COMMANDS, Command

HEAD = f"""\
# handgrad's configuration. Take away the # before what you want to change; what is left out is as it always was.
# `handgrad config` says what is wrong with it.

# Decimals of the numbers, {LEAST_DIGITS} to {MOST_DIGITS}; left out: 5, or 7 where the terminal has 110 columns.
# digits = {LEAST_DIGITS}

# Colours: "{TERMINAL_THEME}", the terminal's own, or a theme of Textual's: "textual-dark", "textual-light", "nord" …
# theme = "{TERMINAL_THEME}"

[keys]
# A command's keys, one or a list: characters, or names such as "pagedown", "f5", "ctrl+t".
# 1 to 9, Esc, F1, Ctrl+C, Ctrl+P and Ctrl+Z stay what they are.

"""


def compose_configuration() -> str:
    """The text of the file."""
    return HEAD + "\n".join(map(_line, COMMANDS)) + "\n"


def _line(command: Command) -> str:
    keys = ", ".join(f'"{key}"' for key in command.keys)
    choice = f"# {command.id} = " + (f"[{keys}]" if len(command.keys) > 1 else keys)
    return f"{choice:<40}# {command.help}"
