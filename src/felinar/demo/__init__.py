"""The synthetic world: neutral adverts in nine languages, and the truth beside them. Imports no stage."""

from felinar.demo.world import World, disguise_rate, make_world, write_world

__all__ = ["World", "disguise_rate", "make_world", "write_world"]
