"""The skill as a web service, for hosting without Lambda: flask-ask-sdk's adapter with our checks before it.

Serve it with ``waitress-serve --call skill.adapters.web.service:create_app``; docs/self-hosting.md has the rest.
"""

import os
from collections.abc import Mapping

from flask import Flask, Response, jsonify, request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import BadRequest, HTTPException, UnsupportedMediaType

from skill.adapters import journal
from skill.adapters.alexa.event import WrongSkillError
from skill.adapters.alexa.skill import Handler, create
from skill.adapters.sdk import flask_adapter
from skill.adapters.web.certificates import UnverifiedRequestError
from skill.adapters.web.refusals import RefusalLog
from skill.adapters.web.request_body import MalformedRequestError, RequestBody
from skill.adapters.web.verification import AlexaSignature

ROUTE = "/alexa"
"""Where Amazon sends requests to."""

HEALTH_ROUTE = "/health"
"""Where a load balancer asks whether the service is up."""

LARGEST_BODY_BYTES = 256 * 1024
"""Amazon's requests have a few KB; session attributes and the context of a screen stay far below this."""


class NotConfiguredError(Exception):
    """When the service is started without what it needs."""


def create_app(environ: Mapping[str, str] = os.environ, *, signature: AlexaSignature | None = None) -> Flask:
    """Return the web service for Amazon. Every request has to be signed and fresh; nothing switches that off.

    Args:
        environ: ``SKILL_ID`` is the skill to serve and has to be set: Amazon signs for every skill there is.
            The rest is as for ``alexa.create``.
        signature: how requests are verified; tests bring their own certificate authority.

    Raises:
        NotConfiguredError: when ``SKILL_ID`` is not set.
    """
    skill_id = environ.get("SKILL_ID", "").strip()
    if not skill_id:
        raise NotConfiguredError("SKILL_ID is not set; set it to the skill's id from the developer console.")
    return service(create(environ), Verifier(signature or AlexaSignature.amazon(), skill_id))


def service(handler: Handler, verifier: "Verifier | None") -> Flask:
    """Return ``handler`` as a web service.

    Args:
        handler: as ``alexa.create`` makes it.
        verifier: how requests are verified; None for the page on this computer alone (simulator/web).
    """
    app = Flask("upper_back_guide", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY_BYTES
    app.json = DefaultJSONProvider(app)
    app.json.sort_keys = False  # the response is sent as the skill wrote it
    # The SDK's own verifiers run after its deserializer, which raises on what it does not know, and fetch certificates
    # without a timeout. Ours take their place; the SDK's are off because they would run as well.
    app.config["ASK_SDK_VERIFY_SIGNATURE"] = app.config["ASK_SDK_VERIFY_TIMESTAMP"] = False
    adapter = flask_adapter.adapter_class()(
        skill=flask_adapter.web_skill(handler, RequestBody),
        skill_id="upper_back_guide",
        verifiers=[verifier] if verifier else [],
        app=app,
    )

    @app.post(ROUTE)
    def alexa() -> Response:
        if request.mimetype != "application/json":
            raise UnsupportedMediaType
        if not request.get_data():
            raise BadRequest
        answer: Response = adapter.dispatch_request()
        return answer

    @app.get(HEALTH_ROUTE)
    def health() -> Response:
        return jsonify(status="ok")

    _register_errors(app)
    return app


class Verifier:
    """Our checks in the place where the adapter expects verifiers. The adapter calls by keyword."""

    def __init__(self, signature: AlexaSignature, skill_id: str) -> None:
        self._signature = signature
        self._skill_id = skill_id

    def verify(
        self,
        headers: Mapping[str, str],
        serialized_request_env: str,
        deserialized_request_env: RequestBody,
    ) -> None:
        """Raise UnverifiedRequestError, MalformedRequestError or WrongSkillError unless Alexa sent the request."""
        # The adapter decoded the body strictly, so this gives back the very bytes that were signed.
        body = serialized_request_env.encode()
        self._signature.check(headers, body, lambda: deserialized_request_env.event, self._skill_id)


def _register_errors(app: Flask) -> None:
    """Answer every refusal with one neutral sentence: the reason is for the operator's log."""
    refusals = RefusalLog()

    @app.errorhandler(UnverifiedRequestError)
    def unverified(error: UnverifiedRequestError) -> tuple[Response, int]:
        refusals.refused(str(error))
        return jsonify(error="The request could not be verified."), 400

    @app.errorhandler(MalformedRequestError)
    def malformed(error: MalformedRequestError) -> tuple[Response, int]:
        return jsonify(error=str(error)), 400

    @app.errorhandler(UnicodeDecodeError)
    def undecodable(_: UnicodeDecodeError) -> tuple[Response, int]:
        return jsonify(error="The body is not UTF-8."), 400

    @app.errorhandler(WrongSkillError)
    def wrong_skill(_: WrongSkillError) -> tuple[Response, int]:
        return jsonify(error="This service is for another skill."), 403

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> tuple[Response, int]:
        return jsonify(error=error.name), error.code or 500

    @app.errorhandler(Exception)
    def failed(error: Exception) -> tuple[Response, int]:
        journal.broke(error)
        return jsonify(error="Internal Server Error"), 500
