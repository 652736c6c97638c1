"""Numbers and texts as people write them, and as a terminal may show them."""
