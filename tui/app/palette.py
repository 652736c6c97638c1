"""The palette, of which one command is chosen: what is typed ahead of its end chooses no other."""

from contextlib import suppress

from textual import on
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, Hits
from textual.system_commands import SystemCommandsProvider
from textual.widgets import Input, OptionList


class Commands(SystemCommandsProvider):
    """Textual's, which would tell nobody of a fault."""

    async def discover(self) -> Hits:
        """All."""
        try:
            async for hit in super().discover():
                yield hit
        except Exception:
            self.app.panic()

    async def search(self, query: str) -> Hits:
        """Those that what is typed finds."""
        try:
            async for hit in super().search(query):
                yield hit
        except Exception:
            self.app.panic()


class Palette(CommandPalette):
    """Textual's; its own would leave the screen behind it, too, when Enter or Esc comes twice."""

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def refuse_another(self, event: Input.Submitted | OptionList.OptionSelected) -> None:
        """Once left, it chooses nothing."""
        if not self.is_current:
            event.stop().prevent_default()

    def _action_command_list(self, action: str) -> None:
        """Textual's; a page turned before the list is laid out would end the app."""
        with suppress(KeyError):
            super()._action_command_list(action)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave it, if it was not left before."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
