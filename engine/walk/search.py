"""Find the mistake: point at the wrong number of a chain, then say which mistake it is; one puzzle after the other."""

from engine.graph.step import Phase
from engine.text.notation import number
from engine.trace.cursor import Cursor
from engine.tutor.find import puzzle, solution, which
from engine.walk.movement import chain_around
from engine.walk.walk import ActionError, Search, Walk, say

WHERE = "One of these numbers is wrong. Which?"
EXPECTED = "expected the number of a line, a letter where one is asked for, or watch"
INVITATION = "You had {chain} right at once: now find the mistake in one"
NONE_TO_FIND = "no mistake of the catalogue would show in this lesson"


def begin(walk: Walk, home: Cursor, seed: int = 1) -> Walk:
    """A puzzle in the epoch of a place, which is come back to. Raises ActionError where no mistake would
    show.
    """
    if trouble := walk.trace.trouble(home.epoch):
        raise ActionError(trouble)
    found = puzzle(walk.trace, home.epoch, seed)
    if found is None:
        raise ActionError(NONE_TO_FIND)
    return walk._replace(mode="find", is_invited=True, search=Search(home, seed, found, found.indices[0]),
                         message=WHERE, cursor=Cursor(found.epoch, found.indices[-1] + 1), derivation=False)


def leave(walk: Walk) -> Walk:
    """Back to watching, at the place where the search was begun."""
    return walk._replace(mode="watch", search=None, cursor=walk.search.home, message="") if walk.search else walk


def notice(walk: Walk, done: Cursor) -> Walk:
    """Whether a question ends a row's chain, or its δ, that were all right at the first try: who has done that may look
    for the mistake in others.
    """
    script = walk.trace.script
    chain, step = chain_around(script, done.step), script.step(done.step)
    is_chain = step.phase is Phase.BACKWARD and len(chain) > 1 and done.step == chain[-1] and walk.mode != "by hand"
    if not is_chain or walk.flawless or not walk.right.issuperset(Cursor(done.epoch, index) for index in chain):
        return walk
    return walk._replace(flawless=done)


def invite(walk: Walk) -> tuple[Walk, str]:
    """The walk, and what invites to find the mistake in a chain, once one was done right, but not before another number
    was asked for; nothing mostly, and never twice.
    """
    done = walk.flawless
    if done is None or walk.is_invited or not any(question > done for question in walk.attempted):
        return walk, ""
    step = walk.trace.script.step(done.step)
    row = f"row {(step.row or 0) + 1} of " * (walk.trace.lesson.rows > 1)
    chain = "the backward pass" if step.parameter_index is None else \
        f"{walk.trace.lesson.order[step.parameter_index].name}'s chain"
    return walk._replace(is_invited=True, invites=True), INVITATION.format(chain=f"{row}{chain}")


def accuse(walk: Walk, search: Search, index: int) -> Walk:
    """That it is the step of an index. Raises ActionError."""
    if search.is_found or index not in search.puzzle.indices:
        raise ActionError(EXPECTED)
    search = search._replace(pointed=index)
    return confirm(walk._replace(search=search), search)


def point_beside(walk: Walk, search: Search, direction: int) -> Walk:
    """At the number before or behind, round and round; once it is found, nothing is pointed at any more."""
    indices = search.puzzle.indices
    index = indices[(indices.index(search.pointed) + direction) % len(indices)]
    return walk if search.is_found else walk._replace(search=search._replace(pointed=index))


def confirm(walk: Walk, search: Search) -> Walk:
    """That it is the number pointed at; when all is found, another puzzle."""
    if search.is_done:
        return begin(walk, search.home, search.seed + 1)
    if search.which:
        return walk
    entry = walk.trace.entry(search.puzzle.epoch, search.pointed)
    if search.pointed == search.puzzle.wrong:
        follow_up = which(walk.trace, search.puzzle, search.seed)
        stood, right = number(search.puzzle.outcome.value), number(entry.value)
        walk = walk._replace(search=search._replace(which=follow_up, is_done=follow_up is None))
        more = follow_up.question if follow_up else solution(walk.trace, search.puzzle)
        return say(walk, f"Yes: {stood} stood there, it is {right}. {more}")
    if search.pointed in search.puzzle.shown:
        return say(walk, f"{entry.line.name} is only what follows from another. Where does it begin?")
    sides = entry.right_side()
    return say(walk, f"{entry.line.name} is right: {sides}. Which is it?")


def reply(walk: Walk, search: Search, letter: str) -> Walk:
    """Which mistake it is. Raises ActionError."""
    if search.is_done or search.which is None or letter not in search.which.replies:
        raise ActionError(EXPECTED)
    return say(walk._replace(search=search._replace(is_done=True)), search.which.replies[letter])
