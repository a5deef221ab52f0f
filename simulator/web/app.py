"""The page's own application: the real Alexa endpoint, unverified and for loopback only, and what plays Amazon.

It is another application object than the one for production: ``skill.adapters.flask_app.create_app`` always verifies.
"""

import ipaddress
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, jsonify, request, send_from_directory

from simulator.client import ContractError
from simulator.web import setup, transcript, turns
from skill.adapters.alexa import create
from skill.adapters.flask_app import service
from skill.prompts.catalogue import CatalogueError

STATIC = Path(__file__).parent / "static"

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
"""The names under which a browser may ask: another one means that somebody else's page reaches for this computer."""

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def create_page() -> Flask:
    """Return the application. SKILL_ID is left out of what the skill reads: the page is every skill's device."""
    environ = {name: value for name, value in os.environ.items() if name != "SKILL_ID"}
    app = service(create(environ), signature=None)
    app.before_request(_keep_others_out)
    app.after_request(_add_security_headers)

    @app.get("/")
    def page() -> Response:
        return send_from_directory(STATIC, "index.html")

    @app.get("/static/<path:name>")
    def static_file(name: str) -> Response:
        return send_from_directory(STATIC, name)

    @app.get("/api/setup")
    def setup_() -> Response:
        return jsonify(setup.setup(request.args.get("locale", setup.DEFAULT_LOCALE)))

    _post(app, "/api/hear", turns.hear)
    _post(app, "/api/heard", turns.heard)
    _post(app, "/api/test", transcript.as_test)

    @app.errorhandler(CatalogueError)
    @app.errorhandler(ContractError)
    @app.errorhandler(setup.PageError)
    def told(error: Exception) -> tuple[Response, int]:
        return jsonify(error=str(error)), 400

    return app


def _post(app: Flask, route: str, answer: Callable[[Any], dict[str, Any]]) -> None:
    def view() -> Response:
        return jsonify(answer(request.get_json()))

    app.add_url_rule(route, endpoint=route, view_func=view, methods=["POST"])


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


def _add_security_headers(response: Response) -> Response:
    response.headers.update(SECURITY_HEADERS)
    return response
