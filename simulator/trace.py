"""Traces turns: one JSON object a line in, what the real handler made of it a line out. docs/trace.md is its contract.

Run it as ``python -m simulator.trace [--locale LOCALE] < turns.jsonl``.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from typing import Any

from simulator.client import AlexaClient, intent_request
from skill.acts import Act, AskTopic, Lasted
from skill.adapters.alexa.handler import Observed
from skill.adapters.alexa.intents import WORDS_INTENT, WORDS_SLOT
from skill.adapters.alexa.skill import create
from skill.dialog.turn import Turn
from skill.engine.triage import Evidence, assess
from skill.hearing.heard import Asked, Expecting
from skill.protocol.guide import UPPER_BACK_GUIDE, Guide


class TraceError(Exception):
    """When a line asks for no turn; the message says what a line has to hold."""


class Tracer:
    """The real handler of one locale, with every turn observed."""

    def __init__(self, locale: str = "en-US", guide: Guide = UPPER_BACK_GUIDE) -> None:
        self._locale = locale
        self._guide = guide.of_region(locale.partition("-")[2])
        self._seen: list[Observed] = []
        self._handler = create({}, guide, observe=self._seen.append)

    def turn(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the handler made of the turn in ``line``. Raises TraceError where it holds none."""
        client = AlexaClient(handler=self._handler, locale=self._locale)
        client.resume(line.get("attributes"))
        self._seen.clear()
        answered = client.request(_request(line))
        body = answered.response["response"]
        return {
            **self._observed(),
            "speech": answered.text,
            "reprompt": answered.reprompt,
            "card": body.get("card"),
            "directives": body.get("directives", []),
            "ends": answered.ends,
            "attributes": answered.response.get("sessionAttributes", {}),
        }

    def _observed(self) -> dict[str, Any]:
        if not self._seen:
            raise TraceError("the turn failed and the safety net answered; run the same turn in the terminal.")
        seen = self._seen[0]
        before, after = (Turn(guide=self._guide, session=session) for session in (seen.before, seen.turned.session))
        asked_before, asked = seen.before.expecting(before), seen.turned.session.expecting(after)
        pending = list(asked.findings) if asked.asked is Asked.FINDINGS and seen.turned.reply.ask else []
        disposition = seen.turned.reply.disposition
        return {
            "acts": [described(act) for act in seen.done.acts],
            **self._added(seen),
            "days": max((act.days for act in seen.done.acts if isinstance(act, Lasted)), default=None),
            "topic": next((act.topic for act in seen.done.acts if isinstance(act, AskTopic)), None),
            "unaccounted": list(seen.done.unaccounted),
            "state": seen.turned.session.state.name,
            "pending": pending,
            "level": assess(self._guide.protocol, seen.turned.session.answers).level.key,
            "disposition": disposition.key if disposition is not None else None,
            "repeated": bool(seen.turned.reply.ask)
            and type(seen.before.state) is type(seen.turned.session.state)
            and (asked_before == asked or _put_again(asked_before, asked, before, after))
            and seen.before.state.ask(before) != (),
        }

    def _added(self, seen: Observed) -> dict[str, list[str]]:
        """Return the findings that this turn made present, absent or doubted, in the order of the protocol."""
        known = [assess(self._guide.protocol, session.answers) for session in (seen.before, seen.turned.session)]
        present = [{id_ for reason in found.reasons for id_ in reason.findings} for found in known]
        kept = seen.before.answers
        new = seen.turned.session.answers[len(kept) :] if seen.turned.session.answers[: len(kept)] == kept else ()
        doubted = {id_ for evidence in new for id_ in _in_doubt(evidence, self._guide)}
        order = list(self._guide.protocol.finding)
        return {
            "present": [id_ for id_ in order if id_ in present[1] - present[0]],
            "absent": [id_ for id_ in order if id_ in known[1].absent - known[0].absent],
            "doubted": [id_ for id_ in order if id_ in doubted - present[1]],
        }


def _put_again(asked_before: Expecting, asked: Expecting, before: Turn, after: Turn) -> bool:
    """Return whether a part of the question is put again by itself, though nothing of it was settled."""
    part = set(asked.findings)
    return bool(part) and part < set(asked_before.findings) and before.assessment.settled == after.assessment.settled


def _in_doubt(evidence: Evidence, guide: Guide) -> tuple[str, ...]:
    if evidence.question and evidence.answer in ("unsure", "soft_no"):
        absent = evidence.absent
        asked = guide.protocol.question[evidence.question].findings
        return (*evidence.doubted, *evidence.unclear, *(finding.id for finding in asked if finding.id not in absent))
    return (*evidence.doubted, *evidence.unclear)


def described(act: Act) -> str:
    """Return an act in a few words: ``report chest_pain``, ``no``, ``lasted 21``."""
    kind = type(act).__name__.lower()
    if findings := getattr(act, "findings", ()):
        return f"{kind} {' '.join(findings)}"
    if isinstance(act, Lasted):
        return f"lasted {act.days:g}"
    if isinstance(act, AskTopic):
        return f"topic {act.topic}"
    return str(getattr(act, "value", kind))


def _request(line: Mapping[str, Any]) -> dict[str, Any]:
    if line.get("launch"):
        return {"type": "LaunchRequest"}
    if isinstance(line.get("words"), str):
        return intent_request(WORDS_INTENT, {WORDS_SLOT: line["words"]})
    if isinstance(line.get("intent"), str):
        slots = line.get("slots") or {}
        return {"type": "IntentRequest", "intent": {"name": line["intent"], "slots": slots}}
    raise TraceError('a line needs "launch": true, "words", or "intent".')


def main(arguments: list[str] | None = None) -> int:
    """Trace each line of standard input and return the exit status: 1 where a line could not be traced."""
    parser = argparse.ArgumentParser(prog="trace", description=__doc__)
    parser.add_argument("--locale", default="en-US", help="the language of the device (default: en-US)")
    tracer = Tracer(parser.parse_args(arguments).locale)
    status = 0
    for number, line in enumerate(sys.stdin, 1):
        try:
            traced = tracer.turn(json.loads(line))
        except (TraceError, ValueError, AttributeError) as error:
            print(f"line {number}: {error}", file=sys.stderr)
            traced, status = {"error": str(error)}, 1
        print(json.dumps(traced, ensure_ascii=False), flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
