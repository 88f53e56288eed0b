"""A third family of synthetic worlds, held out: no rule was looked at on it before its figures were taken.

It borrows the sentences of `felinar.demo` and the reserved numbers. Sizes, mix and habits are its own: most adverts
stand alone, planted operations are few and small, people (not sets) go round the towns, farms move with the harvest.
"""

from third_world.world import write_third_world

__all__ = ["write_third_world"]
