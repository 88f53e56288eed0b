"""A fourth family of worlds, held out: its author read the literature on adverts, not the rules that rank them.

Only the reserved telephone numbers come from `felinar.demo`. Words of eleven languages, countries, sites, ways of
writing a number, what sites do to adverts and who is behind them are its own. Every rate is an assumption.
"""

from fourth_world.world import write_fourth_world

__all__ = ["write_fourth_world"]
