"""What Amazon's own intents understand in US English by themselves; it is not in the model file."""

AMAZON_PHRASES = {
    "AMAZON.YesIntent": ("yes", "yeah", "yep", "yup", "sure", "okay", "ok", "uh huh", "correct", "right", "yes please"),
    "AMAZON.NoIntent": ("no", "nope", "nah", "no thanks", "no thank you", "uh uh", "no way"),
    "AMAZON.HelpIntent": ("help", "can you help me", "help me out"),
    "AMAZON.StopIntent": ("stop", "off", "shut up", "quit", "exit", "end"),
    "AMAZON.CancelIntent": ("cancel", "never mind", "forget it"),
    "AMAZON.NavigateHomeIntent": ("home", "go home", "home screen"),
    "AMAZON.RepeatIntent": ("repeat", "repeat that", "say that again"),
    "AMAZON.StartOverIntent": ("start over", "restart", "start again"),
    "AMAZON.NextIntent": ("next", "skip", "skip forward"),
    "AMAZON.PauseIntent": ("pause", "pause it"),
    "AMAZON.ResumeIntent": ("resume", "continue", "keep going"),
    "AMAZON.PreviousIntent": ("go back", "previous", "back", "skip back", "back up"),
}
