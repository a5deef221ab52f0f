"""Explains an event or a response that was copied from the developer console or a log. Nothing is sent or stored.

Run it as ``python -m simulator.explain event.json``, or with ``-`` to paste it. It says what it is, what the guide
makes of it, and what would be refused and why. It exits with 1 where something is refused.
"""

import argparse
import contextlib
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from simulator.client import Answered, ContractError, check_contract
from simulator.pasted import NothingFoundError, Pasted, Sort, found
from simulator.trace import described
from skill.adapters.alexa.event import Event, Kind, WrongSkillError, parse
from skill.adapters.alexa.handler import Observed
from skill.adapters.alexa.intents import INTENTS
from skill.adapters.alexa.skill import create
from skill.engine.triage import assess
from skill.protocol.guide import UPPER_BACK_GUIDE

WIDTH = 100

MALFORMED = (KeyError, TypeError, AttributeError, SyntaxError)
"""What reading a response raises whose parts are missing, of the wrong kind, or no XML."""

REFUSED = "REFUSED"
"""What a line begins with that says what is refused."""

MEANINGS: Mapping[Kind, str] = {
    Kind.LAUNCH: "The person opened the skill by its name.",
    Kind.INTENT: "The person said or touched something.",
    Kind.ENDED: "Alexa ended the session. Nothing can be said to it.",
    Kind.CAN_FULFILL: "Alexa asks whether a nameless request should come here. The guide always says no.",
    Kind.SILENT: "Nobody listens to an answer, so the guide answers with nothing.",
}

LAMBDA_ERRORS: Mapping[str, str] = {
    "WrongSkillError": "The request named another skill. Compare the SkillId of the stack with the id in the console: "
    "make doctor does it.",
    "Runtime.ImportModuleError": "The artifact is not whole. Build and deploy it again: make deploy.",
    "Sandbox.Timedout": "The function took longer than seven seconds. Look at Duration on the dashboard.",
}

ALEXA_ERRORS: Mapping[str, str] = {
    "INVALID_RESPONSE": "Alexa could not use the answer before this, or got none: the person heard that there was a "
    "problem with the requested skill's response. Explain that response too, and look at the function's log.",
    "DEVICE_COMMUNICATION_ERROR": "The device could not be reached. There is nothing to mend here.",
    "INTERNAL_SERVICE_ERROR": "Something failed at Amazon. If it comes again, see status.aws.amazon.com.",
    "ENDPOINT_TIMEOUT": "The function did not answer in time. Look at Duration and the cold start on the dashboard.",
}
"""Kinds of the error in a SessionEndedRequest, and what to do ("Request types reference" of the Alexa Skills Kit)."""


def explained(pasted: Pasted, *, skill_id: str | None = None, to: str = "IntentRequest") -> Iterator[str]:
    """Yield the lines that explain one piece; those that begin with ``REFUSED`` say what is refused.

    Args:
        pasted: what was found.
        skill_id: the skill that is served; None serves every one.
        to: the type of the request that a response answers, where it is not known from the text.
    """
    match pasted.sort:
        case Sort.EVENT:
            yield from _event(pasted.content, skill_id)
        case Sort.RESPONSE:
            yield from _response(pasted.content, to)
        case Sort.LAMBDA_ERROR:
            yield from _lambda_error(pasted.content)
        case Sort.PROFILE:
            yield from _profile(pasted.content)
        case Sort.LOG_LINE:
            yield from _log_line(pasted.content)


def _event(event: Mapping[str, Any], skill_id: str | None) -> Iterator[str]:
    request = event["request"]
    yield f"An event of the type {request.get('type', '(none)')!s:.80}."
    try:
        parsed = parse(event, skill_id)
    except WrongSkillError as error:
        yield f"{REFUSED} by the guide: {error}"
        return
    meaning = MEANINGS.get(parsed.kind, f"It is read as {parsed.kind.name.lower()}.")
    yield _fact("meaning", meaning)
    yield from _facts(request, parsed)
    if told := request.get("error"):
        kind = str(told.get("type", "")) if isinstance(told, dict) else str(told)
        yield f"{REFUSED} by Alexa: {kind}. {ALEXA_ERRORS.get(kind, 'Look at the function log of that time.')}"
        if isinstance(told, dict) and told.get("message"):
            yield _fact("its words", f"{told['message']!s:.400}")
    seen: list[Observed] = []
    response = create({"SKILL_ID": skill_id} if skill_id else {}, observe=seen.append)(event, None)
    yield from _made(parsed, seen)
    yield from _response(response, str(request.get("type")), of_the_guide=True)


def _facts(request: Mapping[str, Any], parsed: Event) -> Iterator[str]:
    yield _fact("skill", parsed.application_id or "(none named)")
    if parsed.locale:
        yield _fact("language", parsed.locale)
    sent = request.get("intent", {}).get("name") if isinstance(request.get("intent"), dict) else None
    if parsed.kind is Kind.INTENT and parsed.intent:
        known = "" if sent == parsed.intent or sent is None else f", since {sent!s:.80} is in no model of the guide"
        yield _fact("intent", f"{parsed.intent}{known}")
    for name, slot in parsed.slots.items():
        ids = f", resolved to {' and '.join(slot.ids)}" if slot.ids else ", not resolved" if slot.value else ""
        yield _fact("slot", f"{name}: {slot.value or '(empty)'}{ids}")
    unread = sorted(set(_slots(request)) - set(parsed.slots))
    if unread and sent in INTENTS:
        yield _fact("not read", f"the slots {', '.join(unread)}, which {sent} does not have")
    yield _fact("screen", f"APL {parsed.screen}" if parsed.screen else "none")
    yield _fact("session", "goes on" if parsed.attributes else "starts, or holds nothing")


def _slots(request: Mapping[str, Any]) -> Mapping[str, Any]:
    intent = request.get("intent")
    slots = intent.get("slots") if isinstance(intent, dict) else None
    return slots if isinstance(slots, dict) else {}


def _made(parsed: Event, seen: list[Observed]) -> Iterator[str]:
    if not seen:
        if parsed.kind in (Kind.LAUNCH, Kind.INTENT):
            yield f"{REFUSED} by nobody, but the turn failed inside and the safety net answers; please report it."
        return
    observed = seen[-1]
    guide = UPPER_BACK_GUIDE.of_region(parsed.locale.partition("-")[2])
    yield "What the guide makes of it:"
    yield _fact("heard", ", ".join(described(act) for act in observed.done.acts) or "nothing")
    if observed.done.unaccounted:
        yield _fact("unplaced", " ".join(observed.done.unaccounted))
    yield _fact("state", f"{observed.before.state.name} -> {observed.turned.session.state.name}")
    yield _fact("level", assess(guide.protocol, observed.turned.session.answers).level.key)


def _response(response: Mapping[str, Any], to: str, *, of_the_guide: bool = False) -> Iterator[str]:
    yield (
        "What the guide answers:" if of_the_guide else f"A response, taken as the answer to a request of the type {to}."
    )
    body = response.get("response")
    answered = Answered(response={"response": body if isinstance(body, dict) else {}})
    with contextlib.suppress(*MALFORMED):
        yield from _spoken(answered)
    try:
        check_contract(response, to=to)
    except ContractError as error:
        yield f"{REFUSED} by Alexa or by certification: {error}"
    except MALFORMED as error:
        yield f"{REFUSED} by Alexa: a part of the response is missing or of the wrong kind ({error!r:.200})."
    else:
        yield "Alexa takes this response."


def _spoken(answered: Answered) -> Iterator[str]:
    if answered.text:
        yield _fact("says", answered.text)
    if answered.reprompt:
        yield _fact("then asks", answered.reprompt)
    if answered.card:
        yield _fact("card", f"{answered.card.get('title', '')}: {answered.card.get('content', '')}")
    for directive in answered.response["response"].get("directives", ()):
        yield _fact("directive", str(directive.get("type")))
    yield _fact("session", "is over" if answered.ends else "stays open")


def _lambda_error(error: Mapping[str, Any]) -> Iterator[str]:
    kind = str(error.get("errorType", "an error"))
    yield f"An error of the function: {kind}, {error['errorMessage']!s:.300}"
    remedy = LAMBDA_ERRORS.get(kind, "Look at the lines of the log with the same request id.")
    yield f"{REFUSED} by Alexa: an error is no response, so the person heard of a problem with it. {remedy}"


def _profile(profile: Mapping[str, Any]) -> Iterator[str]:
    chosen = profile["selectedIntent"] or {}
    yield f"A profile of an utterance: Alexa picks {chosen.get('name', 'nothing')}."
    for name, slot in (chosen.get("slots") or {}).items():
        if slot.get("value"):
            yield _fact("slot", f"{name}: {slot['value']}")
    if others := [str(one.get("name")) for one in profile.get("consideredIntents") or ()]:
        yield _fact("and not", ", ".join(others))
    if chosen.get("name") not in INTENTS:
        yield f"{REFUSED} by the guide: it has no such intent, and hears it as not understood."


def _log_line(line: Mapping[str, Any]) -> Iterator[str]:
    yield f"A line of the log, level {line['level']}: {line['message']!s:.300}"
    if line.get("kind"):
        yield _fact("kind", str(line["kind"]))
    for place in line.get("places") or ():
        yield _fact("at", str(place))
    if line["level"] == "ERROR":
        yield f'{REFUSED} or failed: docs/deploying.md, "What to watch", says what to do.'


def _fact(name: str, text: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=f"  {name:10}", subsequent_indent=" " * 12, break_long_words=False)


def main(arguments: list[str] | None = None, read: Callable[[], str] = sys.stdin.read) -> int:
    """Explain what is in a file or is pasted, and return the exit status: 1 where something is refused."""
    parser = argparse.ArgumentParser(prog="explain", description=__doc__)
    parser.add_argument("file", help="a file with what was copied; - reads what is pasted, until Ctrl-D")
    parser.add_argument("--skill-id", help="the skill that is served: an event of another one is refused")
    parser.add_argument("--to", default="IntentRequest", help="what a response alone answers (default: IntentRequest)")
    chosen = parser.parse_args(arguments)
    try:
        text = read() if chosen.file == "-" else Path(chosen.file).read_text("utf-8")
        pieces = found(text)
    except (OSError, UnicodeDecodeError, NothingFoundError) as error:
        print(f"explain: {error}", file=sys.stderr)
        return 1
    refused, to = False, chosen.to
    for number, piece in enumerate(pieces):
        if number:
            print()
        for line in explained(piece, skill_id=chosen.skill_id, to=to):
            refused |= line.startswith(REFUSED)
            print(line)
        if piece.sort is Sort.EVENT:
            to = str(piece.content["request"].get("type"))
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
