"""The page's own application: the real Alexa endpoint, unverified and for loopback only, and what plays Amazon.

It is another application object than the one for production: ``skill.adapters.web.service.create_app`` always
verifies. What was understood in a turn comes back in a header of the response, beside what Amazon would get.
"""

import ipaddress
import json
import logging
import os
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, has_request_context, jsonify, request, send_from_directory
from werkzeug.exceptions import UnsupportedMediaType

from simulator.client import ContractError
from simulator.home import Home
from simulator.web import page, setup, transcript, turns
from skill.adapters import journal
from skill.adapters.alexa.handler import Observed
from skill.adapters.alexa.render import DEFAULT_LOCALE
from skill.adapters.alexa.skill import create
from skill.adapters.clinic import from_environ
from skill.adapters.web.request_body import RequestBody
from skill.adapters.web.service import service
from skill.prompts.catalogue import CatalogueError
from skill.protocol.guide import UPPER_BACK_GUIDE, Guide

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
"""The names under which a browser may ask: another one means that somebody else's page reaches for this computer."""

UNDERSTOOD_HEADER = "X-Understood"
"""What was understood in a turn, as JSON in ASCII: see ``turns.understood``."""

SCREEN_HEADER = "X-Screen"
"""What the turn shows, as JSON in ASCII: ``skill.screen.words``, with the ``token`` that a touch brings back."""

LOG_HEADER = "X-Log"
"""What the skill has logged in a turn, as JSON in ASCII: a list of lines. Nearly always there are none."""

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def create_page(guide: Guide = UPPER_BACK_GUIDE, home: Home | None = None) -> Flask:
    """Return the application. SKILL_ID is left out of what the skill reads: the page is every skill's device.

    Args:
        guide: the protocol and its care.
        home: where the look again works; None leaves it switched off.
    """
    environ = {name: value for name, value in os.environ.items() if name != "SKILL_ID"}
    clinic = from_environ(environ)
    logging.getLogger(journal.NAME).addHandler(_TURN_LOG)  # the same one, however often
    if home:
        environ = home.environ(environ)
    app = service(create(environ, guide, _note, home.clock if home else None), verifier=None)
    app.before_request(_keep_others_out)
    app.after_request(_add_headers)

    @app.get("/")
    def for_people() -> str:
        return page.document(request.args.get("locale", DEFAULT_LOCALE), guide, clinic)

    @app.get("/workbench")
    def workbench() -> Response:
        return send_from_directory(page.TEMPLATES, "workbench.html")

    @app.get("/static/<path:name>")
    def static_file(name: str) -> Response:
        return send_from_directory(page.STATIC, name)

    @app.get("/api/setup")
    def setup_() -> Response:
        return jsonify(setup.setup(request.args.get("locale", DEFAULT_LOCALE), guide))

    _post(app, "/api/hear", lambda asked: turns.hear(asked, home))
    _post(app, "/api/heard", lambda exchange: turns.heard(exchange, guide, home))
    _post(app, "/api/readings", turns.readings)
    _post(app, "/api/test", transcript.as_test)
    _post(app, "/api/ask-dialog", transcript.as_ask_dialog)
    _post(app, "/api/bespoken", transcript.as_bespoken)

    @app.errorhandler(CatalogueError)
    @app.errorhandler(ContractError)
    @app.errorhandler(setup.PageError)
    def told(error: Exception) -> tuple[Response, int]:
        return jsonify(error=str(error)), 400

    return app


def _post(app: Flask, route: str, answer: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> None:
    def view() -> Response:
        if request.mimetype != "application/json":
            raise UnsupportedMediaType
        return jsonify(answer(RequestBody(request.get_data().decode()).event))

    app.add_url_rule(route, endpoint=route, view_func=view, methods=["POST"])


def _note(seen: Observed) -> None:
    g.understood = turns.understood(seen)
    g.screen = turns.screen(seen)


class _TurnLog(logging.StreamHandler[Any]):
    """Shows what the skill logs in a turn to whoever is at the workbench, and on standard error as ever."""

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        if has_request_context():
            more = {key: value for key, value in vars(record).items() if key in ("kind", "places", "reason")}
            told = f" {json.dumps(more)}" if more else ""
            g.setdefault("log", []).append(f"{record.levelname}: {record.getMessage()}{told}")


_TURN_LOG = _TurnLog()


def _keep_others_out() -> None:
    """Refuse whoever is not this computer, and pages of other sites in this computer's browser."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
        name = urlsplit(f"//{request.host}").hostname
        site = urlsplit(request.headers.get("Origin", request.host_url)).netloc
    except ValueError:
        abort(403)
    if not address.is_loopback or name not in LOCAL_NAMES or site != request.host:
        abort(403)


def _add_headers(response: Response) -> Response:
    response.headers.update(SECURITY_HEADERS)
    if "understood" in g:
        response.headers[UNDERSTOOD_HEADER] = json.dumps(g.understood)
        response.headers[SCREEN_HEADER] = json.dumps(g.screen)
    if "log" in g:
        response.headers[LOG_HEADER] = json.dumps(g.log)
    return response
