"""Keeps the server reachable when strangers hold its connections: idle ones and slow ones are closed.

Waitress stops accepting at its limit of connections and closes a connection only after long silence, so that 499 idle
connections would stop it for ten minutes, and a request that arrives byte by byte is waited for without end. This takes
the place of waitress's own look at its connections, which its loop calls once a second.
"""

from collections.abc import Callable, Mapping
from typing import Any

IDLE_SECONDS = 620
"""After which a connection that says nothing is closed. The proxy has to be the first to close it, or now and then a
request meets a closed connection: nginx and Amazon's load balancer keep one for 60 s, Google's for 600 s."""

REQUEST_SECONDS = 10
"""For a request to arrive whole. Alexa has long given up by then, and a proxy sends a request in one piece."""

MOST_CONNECTIONS = 500
"""At once; more have to wait. Below the usual limit of 1,024 open files."""

CROWDED = 400
"""Connections above which those that are silent are closed early, the longest silent first."""

CROWDED_SECONDS = 2
"""How long a connection may be silent then."""


def close_idle(server: Any) -> Callable[[float], None]:
    """Return what closes the idle and the slow connections of ``server``, one of waitress; it takes the time in s."""
    began: dict[int, tuple[object, float]] = {}
    """When the request that is arriving at a channel was first seen, by the id of the channel."""

    def close(now: float) -> None:
        channels = list(server.active_channels.values())
        silent = [channel for channel in channels if not channel.requests]
        arriving = {id(channel): channel.request for channel in silent if channel.request is not None}
        for channel in silent:
            request = arriving.get(id(channel))
            seen, since = began.get(id(channel), (None, now))
            if request is not None and seen is not request:
                began[id(channel)] = (request, now)
            elif request is not None and now - since > REQUEST_SECONDS:
                channel.will_close = True
            if now - channel.last_activity > IDLE_SECONDS:
                channel.will_close = True
        for gone in began.keys() - arriving.keys():
            del began[gone]
        silent.sort(key=lambda channel: float(channel.last_activity))
        for channel in silent[: max(0, len(channels) - CROWDED)]:
            if now - channel.last_activity > CROWDED_SECONDS:
                channel.will_close = True

    return close


def protect(sockets: Mapping[int, Any]) -> None:
    """Let waitress look at its connections each second, in the way of ``close_idle``.

    ``sockets`` is the map that the server was made with; those that listen are in it.
    """
    for found in sockets.values():
        if hasattr(found, "active_channels"):
            found.adj.cleanup_interval = 1
            found.maintenance = close_idle(found)
