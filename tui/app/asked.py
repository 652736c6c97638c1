"""What a key means to a walk that asks, or whose mistake is looked for: an action, where it is not just a command."""

from engine.walk.actions import Action, Answer, Calculate, Do, Reply, Type
from engine.walk.walk import ASKING, Search, Walk
from tui.config.keys import ASKED, SEARCH
from tui.view.prompt import LONGEST, edit


def action_for_key(walk: Walk, key: str, character: str | None) -> Action | None:
    """The action that a key stands for; None where it is a command as ever, or nothing."""
    if walk.search:
        return _while_searching(walk.search, key)
    if walk.mode not in ASKING:
        return None
    command = ASKED.by_key.get(key)
    name, typed = command.id if command else "", walk.attempt.typed
    if name == "answer":
        return Answer(typed)
    if command and command.action in (Do.FILL_IN, Do.WHY):
        return command.action
    if not walk.asks:
        return None
    if name == "result":
        return Calculate(typed) if typed.strip() else None
    return Do.HINT if name == "hint" else _while_typing(walk, key, character)


def paste(walk: Walk, text: str) -> Action:
    """What is pasted into the answer stands behind what is typed; an answer that was taken gives way to it."""
    typed = "" if walk.attempt.is_taken else walk.attempt.typed
    return Type((typed + text)[:LONGEST])


def _while_searching(search: Search, key: str) -> Action | None:
    if search.which and not search.is_done and key in search.which.replies:
        return Reply(key)
    return SEARCH.by_key[key].action if key in SEARCH.by_key else None


def _while_typing(walk: Walk, key: str, character: str | None) -> Action | None:
    """A letter that answers the question beside, or what writes and erases."""
    attempt = walk.attempt
    if attempt.follow_up and key in attempt.follow_up.replies:
        return Reply(key)
    is_anew = attempt.is_taken and bool(character and character.isprintable())
    text = edit("" if is_anew else attempt.typed, key, character)
    return None if text is None else Type(text)
