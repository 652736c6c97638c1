"""Pictures of text, without Textual: what of a walk is shown, and where."""
