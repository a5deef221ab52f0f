"""Spoils sentences as a speech recognizer does: drops, doubles and mishears words, and gets letters wrong."""

import random
from collections.abc import Mapping, Sequence

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def drop_small(words: str, small: frozenset[str], chance: random.Random) -> str:
    """Return the words without some of the small ones. A word that denies is never small."""
    return " ".join(word for word in words.split() if word not in small or chance.random() < 0.6) or words


def drop_one(words: str, kept: frozenset[str], chance: random.Random) -> str:
    """Return the words without one of them, of any kind but those kept."""
    split = words.split()
    places = [at for at, word in enumerate(split) if word not in kept]
    if len(split) < 3 or not places:  # something has to stay
        return words
    del split[chance.choice(places)]
    return " ".join(split)


def double(words: str, fillers: Sequence[str], chance: random.Random) -> str:
    """Return the words with one of them said twice, or with a filler inside."""
    split = words.split()
    at = chance.randrange(len(split))
    split.insert(at, split[at] if chance.random() < 0.5 else chance.choice(fillers))
    return " ".join(split)


def mishear(words: str, sounds: Mapping[str, Sequence[str]], chance: random.Random) -> str | None:
    """Return the words with one taken for another that sounds like it; None where no word is known to be misheard."""
    split = words.split()
    places = [at for at, word in enumerate(split) if word in sounds]
    if not places:
        return None
    at = chance.choice(places)
    split[at] = chance.choice(sounds[split[at]])
    return " ".join(split)


def misspell(words: str, chance: random.Random) -> str:
    """Return the words with one letter of a long word gone, doubled or wrong."""
    split = words.split()
    places = [at for at, word in enumerate(split) if len(word) >= 5 and "'" not in word]
    if not places:
        return words
    at = chance.choice(places)
    word = split[at]
    place = chance.randrange(1, len(word))
    new = chance.choice(("", word[place] * 2, chance.choice(_ALPHABET)))
    split[at] = word[:place] + new + word[place + 1 :]
    return " ".join(split)
