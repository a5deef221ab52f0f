"""Plays Amazon's Skill Management API on loopback: what ``ask deploy``, ``ask smapi`` and ``ask dialog`` talk to.

A package that is imported is kept and can be asked for again; an import without a skill's id creates a skill. An
utterance is profiled against the samples of the imported model: word for word, with the values of its slot types.
What it answers has the shapes of Amazon's specification; ``make prove`` holds it to them.
"""

import io
import json
import re
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from simulator.client import AlexaClient
from skill.adapters.alexa.intents import WORDS_INTENT, WORDS_SLOT, WORDS_TYPE

FALLBACK = "AMAZON.FallbackIntent"

Reply = tuple[int, Any, Mapping[str, str]]
"""Status, body as JSON, headers."""


@dataclass(kw_only=True)
class Skill:
    """One skill in the developer's account."""

    manifest: dict[str, Any]
    models: dict[str, dict[str, Any]]
    """By locale, each as it was imported."""
    imports: int = 1
    """How often a package was imported."""
    enabled: bool = False


@dataclass(kw_only=True)
class SkillManagement:
    """The account of one developer."""

    handler: Any = None
    """``lambda_handler(event, context)`` of the function behind the endpoint; needed for simulations only."""
    address: str = ""
    """Where the API is served, without a slash at the end; set by ``serving``."""
    skills: dict[str, Skill] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    """Method and path of every request, in order."""
    responses: list[tuple[str, str, int, Any]] = field(default_factory=list)
    """Method, path, status and body of every answer, in order."""
    _uploads: dict[str, bytes] = field(default_factory=dict)
    _imports: dict[str, str] = field(default_factory=dict)
    _simulations: dict[str, dict[str, Any]] = field(default_factory=dict)
    _clients: dict[str, AlexaClient] = field(default_factory=dict)

    def answer(self, method: str, path: str, body: bytes) -> Reply:
        """Return status, body and headers for a request; 404 with Amazon's error body where nothing is there."""
        self.requests.append(f"{method} {path}")
        for verb, pattern, reply in self._routes():
            if verb == method and (found := re.fullmatch(pattern, path)):
                answered = reply(body, *found.groups())
                break
        else:
            answered = _missing(path)
        self.responses.append((method, path, answered[0], answered[1]))
        return answered

    def _routes(self) -> Iterator[tuple[str, str, Callable[..., Reply]]]:
        skill = r"/v1/skills/(amzn1[^/]+)"
        stage = r"/stages/\w+"
        yield "GET", "/v1/vendors", self._vendors
        yield "POST", "/v1/skills/uploads", self._upload_url
        yield "PUT", r"/uploads/(\d+)", self._upload
        yield "POST", "/v1/skills/imports", self._create
        yield "POST", f"{skill}/imports", self._update
        yield "GET", r"/v1/skills/imports/(\d+)", self._import_status
        yield "GET", f"{skill}/status(?:[?].*)?", self._status
        yield "GET", f"{skill}{stage}/manifest", self._manifest
        yield "GET", f"{skill}{stage}/interactionModel/locales/([^/]+)", self._model
        yield "GET", f"{skill}{stage}/enablement", self._enablement
        yield "PUT", f"{skill}{stage}/enablement", self._enable
        yield "POST", f"{skill}{stage}/interactionModel/locales/([^/]+)/profileNlu", self._profile
        yield "POST", rf"/v2/skills/(amzn1[^/]+){stage}/simulations", self._simulate
        yield "GET", rf"/v2/skills/(?:amzn1[^/]+){stage}/simulations/(\d+)", self._simulation

    # --- Packages

    def _vendors(self, _: bytes) -> Reply:
        return 200, {"vendors": [{"id": "M1", "name": "Stand-in", "roles": ["ROLE_ADMINISTRATOR"]}]}, {}

    def _upload_url(self, _: bytes) -> Reply:
        number = str(len(self._uploads))
        self._uploads[number] = b""
        url = f"{self.address}/uploads/{number}"
        return 201, {"uploadUrl": url, "expiresAt": "2099-01-01T00:00:00.000Z"}, {}

    def _upload(self, body: bytes, number: str) -> Reply:
        self._uploads[number] = body
        return 200, None, {}

    def _create(self, body: bytes) -> Reply:
        id_ = f"amzn1.ask.skill.{len(self.skills) + 1:08x}-0000-4000-8000-000000000000"
        self.skills[id_] = Skill(**self._package(body))
        return self._importing(id_)

    def _update(self, body: bytes, id_: str) -> Reply:
        if id_ not in self.skills:
            return _missing(id_)
        package = self._package(body)
        skill = self.skills[id_]
        skill.manifest, skill.models, skill.imports = package["manifest"], package["models"], skill.imports + 1
        return self._importing(id_)

    def _package(self, body: bytes) -> dict[str, Any]:
        location = json.loads(body)["location"]
        with zipfile.ZipFile(io.BytesIO(self._uploads[location.rpartition("/")[2]])) as packed:
            models = [
                name for name in packed.namelist() if re.fullmatch(r"interactionModels/custom/[\w-]+\.json", name)
            ]
            return {
                "manifest": json.loads(packed.read("skill.json"))["manifest"],
                "models": {name[-10:-5]: json.loads(packed.read(name)) for name in models},
            }

    def _importing(self, id_: str) -> Reply:
        number = str(len(self._imports))
        self._imports[number] = id_
        return 202, None, {"Location": f"/v1/skills/imports/{number}"}

    def _import_status(self, _: bytes, number: str) -> Reply:
        id_ = self._imports[number]
        action = "CREATE" if self.skills[id_].imports == 1 else "UPDATE"
        resources = [
            {"name": name, "status": "SUCCEEDED", "action": action}
            for name in ("Manifest", *(f"InteractionModel.{locale}" for locale in self.skills[id_].models))
        ]
        return 200, {"status": "SUCCEEDED", "skill": {"skillId": id_, "eTag": number, "resources": resources}}, {}

    # --- What is there

    def _status(self, _: bytes, id_: str) -> Reply:
        if id_ not in self.skills:
            return _missing(id_)
        request = {"lastUpdateRequest": {"status": "SUCCEEDED"}, "eTag": "1"}
        models = dict.fromkeys(self.skills[id_].models, request)
        return 200, {"manifest": request, "interactionModel": models}, {}

    def _manifest(self, _: bytes, id_: str) -> Reply:
        return (200, {"manifest": self.skills[id_].manifest}, {}) if id_ in self.skills else _missing(id_)

    def _model(self, _: bytes, id_: str, locale: str) -> Reply:
        models = self.skills[id_].models if id_ in self.skills else {}
        return (200, models[locale], {}) if locale in models else _missing(f"{id_} {locale}")

    def _enablement(self, _: bytes, id_: str) -> Reply:
        is_enabled = id_ in self.skills and self.skills[id_].enabled
        return (204, None, {}) if is_enabled else _missing(f"the enablement of {id_}")

    def _enable(self, _: bytes, id_: str) -> Reply:
        if id_ not in self.skills:
            return _missing(id_)
        self.skills[id_].enabled = True
        return 204, None, {}

    # --- What is understood

    def _profile(self, body: bytes, id_: str, locale: str) -> Reply:
        models = self.skills[id_].models if id_ in self.skills else {}
        if locale not in models:
            return _missing(f"{id_} {locale}")
        first, *others = [*understood(models[locale], json.loads(body)["utterance"]), {"name": FALLBACK, "slots": {}}]
        return 200, {"sessionEnded": False, "selectedIntent": first, "consideredIntents": others}, {}

    def _simulate(self, body: bytes, id_: str) -> Reply:
        asked = json.loads(body)
        words, client = asked["input"]["content"], self._clients.get(id_)
        opens = asked.get("session", {}).get("mode") == "FORCE_NEW_SESSION" or client is None
        if client is None or opens:
            client = self._clients[id_] = AlexaClient(
                handler=self.handler, skill_id=id_, locale=asked["device"]["locale"]
            )
        answered = client.launch() if opens else client.intent(WORDS_INTENT, {WORDS_SLOT: words})
        event, response = client.exchanges[-1]
        call = {"endpoint": "arn", "invocationRequest": {"endpoint": "arn", "body": event}}
        number = str(len(self._simulations))
        self._simulations[number] = {
            "id": number,
            "status": "SUCCESSFUL",
            "result": {
                "alexaExecutionInfo": {"alexaResponses": [{"type": "Speech", "content": {"caption": answered.text}}]},
                "skillExecutionInfo": {"invocations": [{**call, "invocationResponse": {"body": response}}]},
            },
        }
        return 200, {"id": number, "status": "IN_PROGRESS"}, {}

    def _simulation(self, _: bytes, number: str) -> Reply:
        return 200, self._simulations[number], {}


def understood(model: Mapping[str, Any], utterance: str) -> Iterator[dict[str, Any]]:
    """Yield each intent of ``model`` that has a sample which ``utterance`` is, with its slots, in the model's order."""
    language = model["interactionModel"]["languageModel"]
    spoken = {
        type_["name"]: {word for value in type_["values"] for word in _words(value)}
        for type_ in language.get("types", ())
    }
    said = " ".join(utterance.lower().split())
    for intent in language["intents"]:
        types = {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        for sample in intent["samples"]:
            filled = _filled(re.split(r"{(\w+)}", sample.lower()), said, types, spoken)
            if filled is not None:
                slots = {name: {"name": name, "value": value} for name, value in filled.items()}
                yield {"name": intent["name"], "slots": slots}
                break


def _words(value: Mapping[str, Any]) -> Iterator[str]:
    yield value["name"]["value"].lower()
    yield from (synonym.lower() for synonym in value["name"].get("synonyms", ()))


def _filled(
    parts: list[str], said: str, types: Mapping[str, str], spoken: Mapping[str, AbstractSet[str]]
) -> dict[str, str] | None:
    """Return the slots of a sample, given as words, slot, words ..., where it is what was ``said``; None where not.

    Of Amazon's own types, the one that takes every word is known; what others take is not, so they take nothing.
    """
    before, *rest = parts
    if not said.startswith(before):
        return None
    left = said[len(before) :]
    if not rest:
        return {} if not left else None
    name, *after = rest
    words = {left} if types[name] == WORDS_TYPE else spoken.get(types[name], frozenset())
    for word in words:
        if word and left.startswith(word):
            others = _filled(after, left[len(word) :], types, spoken)
            if others is not None:
                return {name: word, **others}
    return None


def _missing(what: str) -> Reply:
    return HTTPStatus.NOT_FOUND, {"message": f"Resource not found: {what}"}, {}


@contextmanager
def serving(account: SkillManagement) -> Iterator[SkillManagement]:
    """Serve ``account`` on loopback, at ``account.address``, until the block ends."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with lock:
                status, content, headers = account.answer(self.command, self.path, body)
            sent = b"" if content is None else json.dumps(content).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(sent)), **headers}.items():
                self.send_header(name, value)
            if sent:
                self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = do_PUT = _serve  # noqa: N815 the names that the base class calls

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    account.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield account
    finally:
        server.shutdown()
        server.server_close()
