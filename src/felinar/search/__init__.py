"""Look things up by exact keys, one or a list, and find the path between two."""
