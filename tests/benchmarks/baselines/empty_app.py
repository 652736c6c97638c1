"""The least that a Textual app can be."""

from textual.app import App

if __name__ == "__main__":
    App[None]().run(mouse=False)
