"""Textual: screens, the board that paints a picture, keys to actions."""
