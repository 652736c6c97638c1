"""Modules that are loaded when they are first used: the first frame of a lesson needs none of them.

Who uses one says so where others import; a type checker sees the import itself:

    if TYPE_CHECKING:
        from engine.walk import practice
    else:
        practice = LateModule("engine.walk.practice")
"""

from importlib import import_module


class LateModule:
    """Stands in for a module until something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> object:
        value = getattr(import_module(self._name), name)
        setattr(self, name, value)  # so that this is asked once for each name
        return value
