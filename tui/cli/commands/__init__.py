"""The commands, one a file, loaded by name: `EXAMPLES`, `declare(parser)` and `run(options)` in each."""
