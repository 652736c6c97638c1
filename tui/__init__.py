"""What a learner sees of handgrad and presses: the Textual app, the plain mode, the command line."""
