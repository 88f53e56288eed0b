"""Hot loops over text and graphs; no input or output."""
