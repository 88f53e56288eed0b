"""A second family of synthetic worlds: another author's habits, so that no rule is tuned to those of `felinar.demo`.

It shares only the reserved telephone numbers and the ways of writing them. Texts, towns, kinds of operations, their
rates and what deliveries contain are its own; the rates are drawn anew with every seed. Every rate is an assumption.
"""

from second_world.world import write_second_world

__all__ = ["write_second_world"]
