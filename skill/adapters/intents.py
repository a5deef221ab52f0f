"""The one table from intent to move. The handler reads it, and the interaction model is built from it."""

from collections.abc import Mapping
from dataclasses import dataclass

from skill.dialog.moves import MoveKind

SIGN_TYPE = "SIGN"
"""The custom slot type whose value ids are the protocol's sign ids."""

SCOPE_TYPE = "SCOPE"
"""The custom slot type of whom and where: lower back, neck, child, pregnancy."""

DURATION_TYPE = "AMAZON.DURATION"
"""Amazon's type for "three weeks"; its value is an ISO 8601 duration."""


@dataclass(frozen=True, kw_only=True)
class Intent:
    """An intent of the interaction model and what it means."""

    name: str
    move: MoveKind
    present: tuple[str, ...] = ()
    """The slots that name signs as present."""
    absent: tuple[str, ...] = ()
    """The slots that name signs as absent."""
    duration: str | None = None
    scope: str | None = None

    @property
    def slots(self) -> dict[str, str]:
        """The slots of the intent, name to type."""
        typed = dict.fromkeys((*self.present, *self.absent), SIGN_TYPE)
        if self.duration:
            typed[self.duration] = DURATION_TYPE
        if self.scope:
            typed[self.scope] = SCOPE_TYPE
        return typed


INTENTS: Mapping[str, Intent] = {
    intent.name: intent
    for intent in (
        Intent(name="AMAZON.YesIntent", move=MoveKind.YES),
        Intent(name="AMAZON.NoIntent", move=MoveKind.NO),
        Intent(name="AMAZON.HelpIntent", move=MoveKind.HELP),
        Intent(name="AMAZON.StopIntent", move=MoveKind.STOP),
        Intent(name="AMAZON.CancelIntent", move=MoveKind.STOP),
        Intent(name="AMAZON.NavigateHomeIntent", move=MoveKind.STOP),
        Intent(name="AMAZON.RepeatIntent", move=MoveKind.REPEAT),
        Intent(name="AMAZON.StartOverIntent", move=MoveKind.RESTART),
        Intent(name="AMAZON.PreviousIntent", move=MoveKind.BACK),
        Intent(name="AMAZON.FallbackIntent", move=MoveKind.OTHER),
        Intent(name="UnsureIntent", move=MoveKind.UNSURE),
        Intent(name="WhyIntent", move=MoveKind.WHY),
        Intent(name="StartCheckIntent", move=MoveKind.START),
        Intent(name="ReportSignIntent", move=MoveKind.TELL, present=("sign", "other_sign")),
        Intent(name="DenySignIntent", move=MoveKind.TELL, absent=("sign", "other_sign")),
        Intent(name="MixedSignIntent", move=MoveKind.TELL, present=("sign",), absent=("denied_sign",)),
        Intent(name="YesSignIntent", move=MoveKind.YES, present=("sign", "other_sign")),
        Intent(name="NoSignIntent", move=MoveKind.NO, present=("sign",)),
        Intent(name="EmergencyIntent", move=MoveKind.EMERGENCY),
        Intent(name="DistressIntent", move=MoveKind.DISTRESS),
        Intent(name="CrisisIntent", move=MoveKind.CRISIS),
        Intent(name="DurationIntent", move=MoveKind.DURATION, duration="duration"),
        Intent(name="ImprovingIntent", move=MoveKind.IMPROVING),
        Intent(name="WorseningIntent", move=MoveKind.WORSENING),
        Intent(name="CorrectYesIntent", move=MoveKind.CORRECT_YES),
        Intent(name="CorrectNoIntent", move=MoveKind.CORRECT_NO),
        Intent(name="ScopeIntent", move=MoveKind.SCOPE, scope="scope"),
    )
}
"""Every intent that the skill handles, by name."""
