"""Threads, the GIL, processes."""

import multiprocessing
import sys
import threading
import time

import numpy as np
import pytest

import swiftact
from conftest import CASES, bits

LARGE = 1 << 20


@pytest.fixture
def restore_threads():
    before = swiftact.threads()
    yield
    swiftact.threads(before)


def test_reading_and_setting(restore_threads):
    assert swiftact.threads() >= 1
    assert swiftact.threads(3) == 3 == swiftact.threads() == swiftact.info()["threads"]
    assert swiftact.threads(np.int64(1)) == 1
    for bad in (0, -1, 257, 10**30):
        with pytest.raises(ValueError, match=f"threads: n must be from 1 to 256, got {bad}"):
            swiftact.threads(bad)
    for bad in (1.0, "2", [1]):
        with pytest.raises(TypeError, match=f"threads: n must be an int or None, got {type(bad).__name__}"):
            swiftact.threads(bad)
    assert swiftact.threads() == 1


def test_same_bits_with_any_number(restore_threads):
    x = np.random.default_rng(0).standard_normal(LARGE).astype(np.float32)
    swiftact.threads(1)
    alone = {case.id: bits(case(x)) for case in CASES}
    for n in (2, 3, 7):
        swiftact.threads(n)
        for case in CASES:
            np.testing.assert_array_equal(bits(case(x)), alone[case.id])


def test_ten_threads_at_once():
    x = np.random.default_rng(0).standard_normal(200_001)
    expected = [bits(case(x)) for case in CASES]
    start, failures = threading.Barrier(10), []

    def work(first):
        try:
            start.wait()
            for i in range(len(CASES)):
                j = (first * 3 + i) % len(CASES)
                np.testing.assert_array_equal(bits(CASES[j](x)), expected[j])
        except BaseException as error:
            failures.append(error)

    workers = [threading.Thread(target=work, args=(i,)) for i in range(10)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not failures


def test_errors_in_many_threads_at_once():
    """An inner loop without the GIL takes it to raise."""
    x, slopes = -np.ones(5000), np.ma.array(np.full(5000, np.nan))  # a subclass is not looked through before
    messages = []

    def work():
        for _ in range(50):
            with pytest.raises(ValueError) as error:
                swiftact.leaky_relu(x, slopes)
            messages.append(str(error.value))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert messages == ["leaky_relu: negative_slope must be finite, got nan"] * 200


@pytest.mark.parametrize("name", ["tanh", "leaky_relu"])
def test_other_python_threads_run_meanwhile(name, restore_threads):
    """Without switches by time, a thread gets the GIL only where another gives it up: so if this one runs between
    `begun` and `ended`, the call has done so."""
    function, x = getattr(swiftact, name), np.linspace(-3, 3, 1 << 23)
    out = np.empty_like(x)
    swiftact.threads(1)
    interval = sys.getswitchinterval()
    seen = False
    for _ in range(50):  # the call may be over before this thread wakes
        begun, ended = [], []

        def work(begun=begun, ended=ended):
            begun.append(True)
            function(x, out=out)
            ended.append(True)

        worker = threading.Thread(target=work)
        sys.setswitchinterval(1000)
        try:
            worker.start()
            while not begun:
                time.sleep(1e-4)
            seen = not ended
            worker.join()
        finally:
            sys.setswitchinterval(interval)
        if seen:
            break
    assert seen


def _bits_of_tanh(seed):
    return bits(swiftact.tanh(np.random.default_rng(seed).standard_normal(LARGE)))


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_after_a_call_with_threads(method, restore_threads):
    swiftact.threads(2)
    expected = [_bits_of_tanh(seed) for seed in range(4)]
    with multiprocessing.get_context(method).Pool(2) as pool:
        for ours, theirs in zip(expected, pool.map(_bits_of_tanh, range(4)), strict=True):
            np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_array_equal(_bits_of_tanh(0), expected[0])
