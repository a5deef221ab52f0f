"""The web services that ``benchmarks.load`` puts under load, each in a process of its own under waitress."""

import argparse
import logging
import ssl
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import waitress
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils import is_request_type
from cryptography.x509 import load_pem_x509_certificates
from flask import Flask

from simulator.crowd import CLIENTS, SKILL_ID
from skill.adapters.alexa.skill import create
from skill.adapters.sdk import oscrypto_version
from skill.adapters.web.certificate_host import CertificateHost
from skill.adapters.web.service import create_app, service
from skill.adapters.web.signing_keys import SigningKeys
from skill.adapters.web.verification import AlexaSignature

THREADS = CLIENTS
"""Of each server: as many as there are connections, which is waitress's own default."""


@dataclass(frozen=True, kw_only=True)
class Amazon:
    """What a service believes in: a root of the tests, the port of its certificate host, and what time it is."""

    root: Path
    port: int
    now: datetime


def guide(_: Amazon) -> Flask:
    """Return our service without verification, which is how the hello-world runs."""
    return service(create({}), verifier=None)


def signed(amazon: Amazon) -> Flask:
    """Return our service as it runs in production, with every request verified."""
    tls = ssl.create_default_context(cafile=amazon.root)
    host = CertificateHost(address=("127.0.0.1", amazon.port), tls=tls)
    keys = SigningKeys(load_pem_x509_certificates(amazon.root.read_bytes()), host)
    return create_app({"SKILL_ID": SKILL_ID}, signature=AlexaSignature(keys, lambda: amazon.now))


def hello(_: Amazon) -> Flask:
    """Return the SDK's hello-world under the SDK's adapter, as its documentation shows it, without verification."""
    oscrypto_version.make_importable()
    from flask_ask_sdk.skill_adapter import SkillAdapter  # noqa: PLC0415 it needs the line above

    builder = SkillBuilder()

    def launch(handler_input: Any) -> Any:
        speech = "Welcome to the Alexa Skills Kit, you can say hello!"
        return handler_input.response_builder.speak(speech).ask(speech).response

    def say_hello(handler_input: Any) -> Any:
        return handler_input.response_builder.speak("Hello World!").ask("Hello World!").response

    builder.request_handler(is_request_type("LaunchRequest"))(launch)
    builder.request_handler(is_request_type("IntentRequest"))(say_hello)
    app = Flask("hello_world")
    app.config["ASK_SDK_VERIFY_SIGNATURE"] = app.config["ASK_SDK_VERIFY_TIMESTAMP"] = False
    adapter = SkillAdapter(skill=builder.create(), skill_id="hello", app=app)
    app.add_url_rule("/alexa", view_func=adapter.dispatch_request, methods=["POST"])
    return app


SERVERS: Mapping[str, Callable[[Amazon], Flask]] = {"hello": hello, "guide": guide, "signed": signed}


def main() -> int:
    """Serve one of ``SERVERS`` on a free port of loopback, print the port, and run until the process is ended."""
    parser = argparse.ArgumentParser(prog="load_servers", description=__doc__)
    parser.add_argument("name", choices=SERVERS)
    parser.add_argument("root", type=Path)
    parser.add_argument("port", type=int)
    parser.add_argument("now", type=datetime.fromisoformat)
    options = parser.parse_args()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a request that waits is what is measured
    app = SERVERS[options.name](Amazon(root=options.root, port=options.port, now=options.now))
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=THREADS)
    print(server.effective_port, flush=True)
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
