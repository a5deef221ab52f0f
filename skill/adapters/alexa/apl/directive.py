"""Makes the directive that shows a screen. It is plain JSON: the SDK's classes for it are eighty modules."""

from typing import Any

from skill.adapters.alexa.apl import motion
from skill.adapters.alexa.apl.documents import document
from skill.dialog.turn import Turned
from skill.prompts.catalogue import Catalogue
from skill.protocol.guide import Guide
from skill.screen import touch
from skill.screen.show import show
from skill.screen.words import in_words

NEWEST = (2024, 3)
"""The version of APL that the documents are written for."""

OLDEST = (1, 4)
"""The oldest one that draws them: the viewhost of the proof has it. An older device is answered by voice and card."""

LONG_QUESTION = 100
"""Characters: a longer question is drawn in smaller letters, so that a small screen shows all of it."""


def directive(guide: Guide, turned: Turned, words: Catalogue, declared: str) -> dict[str, Any] | None:
    """Return the RenderDocument directive for the reply in ``turned``, or None where nothing is to be shown.

    That is where the device is too old, and where Alexa puts a question of her own, which takes the screen.

    Args:
        guide: that was spoken.
        turned: the session and the reply that are spoken.
        words: in which they are spoken.
        declared: the newest APL version that the device declares, such as ``2024.3``.
    """
    if turned.reply.permission_for is not None or (version := version_for(declared)) is None:
        return None
    screen = in_words(show(guide, turned), words)
    screen["long"] = len(screen.get("ask", "")) > LONG_QUESTION
    made = {**document(screen["kind"]), "version": version}
    if screen["kind"] == "step":
        cues = screen.pop("cues")
        screen["caption"] = cues[0]["text"] if cues else " ".join(screen["lead"])
        made["onMount"] = motion.commands(cues, screen["counts"])
    return {
        "type": "Alexa.Presentation.APL.RenderDocument",
        "token": touch.token(turned.session),
        "document": made,
        "datasources": {"screen": screen},
    }


def version_for(declared: str) -> str | None:
    """Return the version to send to a device that declares ``declared``; None where it is too old, or no version."""
    try:
        major, minor = (int(part) for part in declared.split(".")[:2])
    except ValueError:
        return None
    if (major, minor) < OLDEST:
        return None
    return f"{major}.{minor}" if (major, minor) < NEWEST else f"{NEWEST[0]}.{NEWEST[1]}"
