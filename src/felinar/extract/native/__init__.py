"""Native readers: the same mentions as the readers beside this folder, from compiled loops over arrays.

A `Page` holds many texts as arrays of code points. A native reader gives the readings of all texts of a page at once
and names the texts that it declines: those are read by its Python reader, which is the reference in every doubt.
"""
