"""Loads ``lambda/lambda_function.py``, the file that AWS Lambda calls."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

ENTRY = Path(__file__).resolve().parent.parent / "lambda" / "lambda_function.py"
"""``lambda`` is a keyword, so the file is loaded by its path, as Lambda does."""


def load_handler() -> Callable[[object, object], dict[str, Any]]:
    """Return the real ``lambda_handler``, freshly loaded: each call is one cold start."""
    spec = importlib.util.spec_from_file_location("lambda_function", ENTRY)
    if spec is None or spec.loader is None:
        raise ImportError(f"{ENTRY}: the entry file cannot be loaded; restore it.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(Callable[[object, object], dict[str, Any]], module.lambda_handler)
