"""Themes: the terminal's own colours, or one of Textual's themes with each kind of text made readable on it."""

from collections.abc import Mapping
from dataclasses import replace

from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tui.config.configuration import TERMINAL_THEME  # our name for it: Textual's has changed from release to release

LEAST_CONTRAST = 4.5  # of text and background, as WCAG 2 measures and asks for
MUTED = 0.35  # how far muted text is on the way to the background
BLENDS = 20

OWN_CELL_COLORS = {"cell-text": "ansi_default", "cell-muted": "ansi_default", "cell-title": "ansi_bright_blue",
                   "cell-path": "ansi_magenta", "cell-right": "ansi_green", "cell-wrong": "ansi_red",
                   "cell-key": "ansi_bright_blue"}


def theme_names() -> list[str]:
    """What can be chosen: the terminal's own colours, and each theme of Textual's that has colours itself."""
    return [TERMINAL_THEME, *sorted(name for name, theme in BUILTIN_THEMES.items() if not _is_of_terminal(theme))]


def own_colors_theme(given: Mapping[str, Theme]) -> Theme:
    """The theme of the terminal's own colours, whatever this release of Textual calls it."""
    for name in ("ansi-dark", "textual-ansi"):
        if name in given:
            return replace(given[name], name=TERMINAL_THEME)
    return Theme(TERMINAL_THEME, primary="ansi_blue", background="ansi_default", foreground="ansi_default",
                 surface="ansi_default", panel="ansi_default")


def cell_colors(theme: Theme) -> dict[str, str]:
    """The variables of the style sheet that colour what stands in cells."""
    if _is_of_terminal(theme):
        return OWN_CELL_COLORS
    given = theme.to_color_system().generate()
    background, text = Color.parse(given["background"]), Color.parse(given["foreground"])
    colors = {"text": text, "muted": text.blend(background, MUTED), "title": Color.parse(given["primary"]),
              "path": Color.parse(given["accent"]), "right": Color.parse(given["success"]),
              "wrong": Color.parse(given["error"]), "key": Color.parse(given["primary"])}
    return {f"cell-{name}": readable(color, background).hex for name, color in colors.items()}


def readable(color: Color, background: Color) -> Color:
    """A colour, or the nearest one towards black or white that can be read on a background, with 256 colours too."""
    end = background.get_contrast_text(alpha=1)
    for part in range(BLENDS):
        blended = color.blend(end, part / BLENDS)
        if min(contrast(blended, background), contrast(_of_256(blended), _of_256(background))) >= LEAST_CONTRAST:
            return blended
    return end


def contrast(one: Color, other: Color) -> float:
    """From 1 for two that look alike to 21 for black and white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _of_256(color: Color) -> Color:
    """The colour as Rich writes it where there are 256."""
    return Color(*color.rich_color.downgrade(ColorSystem.EIGHT_BIT).get_truecolor())


def _is_of_terminal(theme: Theme) -> bool:
    return (theme.background or "").startswith("ansi_")
