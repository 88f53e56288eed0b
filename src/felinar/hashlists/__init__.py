"""Hash lists: lists of known pictures, imported in the formats of those who keep them, and asked by every reader."""
