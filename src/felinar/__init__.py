"""Felinar finds leads against human trafficking in piles of online adverts."""

__version__ = "0.1.0"
