"""What a terminal, or the lack of one, asks for: exit codes, encodings, signals."""
