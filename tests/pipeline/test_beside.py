"""Work beside: the same result as here, errors too, and no process that stays."""

from __future__ import annotations

import multiprocessing
import operator
import os
import pickle
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from felinar.errors import UnreadableInput
from felinar.pipeline.beside import GIVES_WAY, Beside


def test_without_a_process_a_thread_that_is_there_makes_the_call():
    with ThreadPoolExecutor(1) as along, Beside(threading.current_thread, apart=False) as thread:
        thread.lend(along)
        assert thread.result() != threading.current_thread()


@pytest.mark.parametrize("apart", [False, True], ids=["here", "apart"])
def test_the_result_is_that_of_the_call(apart):
    with Beside(partial(operator.add, [1], [2]), apart=apart) as sum_of_lists:
        assert sum_of_lists.result() == [1, 2]
    assert multiprocessing.active_children() == []


def test_what_the_call_raises_is_raised_here():
    with (
        pytest.raises(ValueError, match="invalid literal"),
        Beside(partial(int, "no number"), apart=True) as number,
    ):
        number.result()
    assert multiprocessing.active_children() == []


def test_a_call_larger_than_a_pipe_is_sent_while_this_process_goes_on():
    with Beside(partial(len, bytes(8 << 20)), apart=True) as length:
        assert length.result() == 8 << 20


def test_a_call_that_cannot_be_sent_is_an_error_and_leaves_no_process():
    with pytest.raises((AttributeError, TypeError, pickle.PicklingError)), Beside(lambda: 1, apart=True) as nothing:
        nothing.result()
    assert multiprocessing.active_children() == []


def test_work_of_a_process_that_died_is_done_here(tmp_path):
    # The worker kills itself; the same call here finds another process id and returns.
    here = os.getpid()
    with Beside(partial(end_unless, here), apart=True) as done:
        assert done.result() == here


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system knows no niceness")
def test_the_process_beside_gives_way_to_this_one():
    with Beside(partial(os.nice, 0), apart=True) as niceness:
        assert niceness.result() == min(19, os.nice(0) + GIVES_WAY)


def end_unless(wanted):
    return wanted if os.getpid() == wanted else os._exit(9)


def test_an_error_meanwhile_ends_the_process_at_once():
    with pytest.raises(UnreadableInput), Beside(partial(time.sleep, 60), apart=True):
        raise UnreadableInput("broken")
    assert multiprocessing.active_children() == []
