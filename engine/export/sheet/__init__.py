"""A lesson on a sheet of paper, with blanks for every number that is asked for; its key, with these numbers."""
