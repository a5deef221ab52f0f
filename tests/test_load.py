"""Many people at once through a real WSGI server share nothing. The thousand are in benchmarks/load.py."""

import threading
import time
from collections import Counter
from contextlib import suppress

import pytest
import waitress
from waitress.server import TcpWSGIServer

from simulator.crowd import CLIENTS, Measured, Service, Turn, drive, interleaved, interviews
from skill.adapters.alexa.skill import create
from skill.adapters.web.service import service


def under_load(held: list[list[Turn]], *, seconds: float = 60) -> Measured:
    """Return what the service did with ``held``, under waitress with four threads in this process."""
    server: TcpWSGIServer = waitress.create_server(
        service(create({}), verifier=None), host="127.0.0.1", port=0, threads=4, clear_untrusted_proxy_headers=True
    )

    def serve() -> None:
        with suppress(OSError):  # close() below takes the socket from under its loop
            server.run()

    threading.Thread(target=serve, daemon=True).start()
    measured = Measured()
    try:
        drive(Service(port=server.effective_port), held, measured, deadline=time.monotonic() + seconds)
    finally:
        server.close()
    return measured


def test_interleaved_interviews_get_what_each_would_get_alone() -> None:
    held = interviews(60, seed=7)
    measured = under_load(held)
    assert measured.errors == []
    assert len(measured.milliseconds) == sum(len(turns) for turns in held)
    assert measured.throughput > 10
    assert len({turns[-1].body for turns in held}) == len(held), "every person has answers of their own"


def test_a_server_that_answers_somebody_else_is_found_out() -> None:
    """The control: the same load with the expectations of two people exchanged."""
    (ada, *ada_on), (ben, *ben_on) = interviews(2, seed=3)
    exchanged = [[ada, *ben_on][:2], [ben, *ada_on][:2]]
    wrong = [Turn(body=turns[1].body, expected=turns[0].expected) for turns in exchanged]
    assert Counter(under_load([[turn] for turn in wrong]).errors) == {"another response than alone": 2}


def test_the_time_is_bounded() -> None:
    assert set(under_load(interviews(4), seconds=0).errors) == {"the time was over"}


def test_turns_of_many_are_mixed_and_those_of_one_keep_their_order() -> None:
    held = interviews(5, seed=2)
    mixed = interleaved(held, seed=1)
    assert mixed != [turn for turns in held for turn in turns]
    for turns in held:
        assert [turn for turn in mixed if turn in turns] == turns


def test_throughput_and_percentiles_are_those_of_the_times() -> None:
    one = Measured(milliseconds=[1.0, 2.0, 3.0], connected_seconds=0.006)
    assert one.throughput == pytest.approx(3 / 0.006 * CLIENTS)
    assert one.percentile(50) == pytest.approx(2)
