"""`python -m felinar` is `felinar`."""

from felinar.cli import main

main()
