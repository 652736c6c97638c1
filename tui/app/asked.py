"""What a key means to a walk that asks, or whose mistake is looked for: an action, where it is not just a command."""

from engine.walk.actions import Action, Answer, Calculate, Do, PointBeside, Reply, Type
from engine.walk.walk import ASKING, Search, Walk
from tui.view.prompt import LONGEST, edit

COMMANDS_WHILE_ASKED = {"left", "up", "down", "pageup", "pagedown", "home", "end", "escape", "tab", "f1"}


def action_for_key(walk: Walk, key: str, character: str | None) -> Action | None:
    """The action that a key stands for; None where it is a command as ever, or nothing."""
    if walk.search:
        return _while_searching(walk.search, key)
    if walk.mode not in ASKING or walk.bound_for:
        return None
    match key:
        case "enter":
            return Answer(walk.attempt.typed)
        case "right":
            return Do.FILL_IN
        case "exclamation_mark":
            return Do.WHY
    return None if key in COMMANDS_WHILE_ASKED or not walk.asks else _while_typing(walk, key, character)


def paste(walk: Walk, text: str) -> Action:
    """What is pasted into the answer stands behind what is typed; an answer that was taken gives way to it."""
    typed = "" if walk.attempt.is_taken else walk.attempt.typed
    return Type((typed + text)[:LONGEST])


def _while_searching(search: Search, key: str) -> Action | None:
    match key:
        case "left":
            return PointBeside(-1)
        case "right":
            return PointBeside(1)
        case "enter":
            return Do.CONFIRM
        case "escape" | "q":
            return Do.STOP
    return Reply(key) if search.which and not search.is_done and key in search.which.replies else None


def _while_typing(walk: Walk, key: str, character: str | None) -> Action | None:
    attempt = walk.attempt
    if key == "question_mark":
        return Do.HINT
    if key == "equals_sign":
        return Calculate(attempt.typed) if attempt.typed.strip() else None
    if attempt.follow_up and key in attempt.follow_up.replies:
        return Reply(key)
    is_anew = attempt.is_taken and bool(character and character.isprintable())
    text = edit("" if is_anew else attempt.typed, key, character)
    return None if text is None else Type(text)
