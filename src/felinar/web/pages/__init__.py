"""The pages: one file each, a function that takes a visit and returns plain data."""
