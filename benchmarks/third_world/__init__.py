"""A third family of synthetic worlds: held out until its first figures were taken (seed 50); rules saw seeds 60 to 63.

It borrows the sentences of `felinar.demo` and the reserved numbers. Sizes, mix and habits are its own: most adverts
stand alone, planted operations are few and small, people (not sets) go round the towns, farms move with the harvest.
"""

from third_world.world import write_third_world

__all__ = ["write_third_world"]
