"""Lets ``flask_ask_sdk`` be imported with today's OpenSSL.

What fails: flask-ask-sdk imports ask-sdk-webservice-support, that imports certvalidator, and that imports oscrypto.
Its newest release (1.3.0, 2022) reads OpenSSL's version with a pattern of single digits. "OpenSSL 3.0.19" does not fit,
and the import ends in ``LibraryNotFoundError: Error detecting the version of libcrypto``. The fix is in oscrypto's
source and in no release (oscrypto issues 75 and 78).

So the one module with the pattern is loaded here from its own source, with the pattern widened. Nothing else of
oscrypto is touched, and it checks no certificate of ours: ``skill.adapters.web.certificates`` does. As soon as an
oscrypto that can read the version is installed, ``make_importable`` does nothing, and this module can be deleted.
"""

import importlib
import importlib.util
import sys
from importlib.machinery import SourceFileLoader

MODULE = "oscrypto._openssl._libcrypto_cffi"
"""The module that reads the version, on every system where oscrypto uses OpenSSL."""

NARROW = r"'\\b(\\d\\.\\d\\.\\d[a-z]*)\\b'"
"""The pattern as it stands in the source of oscrypto 1.3.0."""

WIDE = r"'\\b(\\d+\\.\\d+\\.\\d+[a-z]*)\\b'"
"""The same with numbers of any length."""


def make_importable() -> bool:
    """Make oscrypto importable, and return whether that took a change (False once upstream is fixed)."""
    try:
        importlib.import_module("oscrypto.asymmetric")
    except Exception as error:  # noqa: BLE001 LibraryNotFoundError has no base class of its own, and may be renamed
        _load_widened(error)
        importlib.import_module("oscrypto.asymmetric")
        return True
    return False


def _load_widened(reason: Exception) -> None:
    spec = importlib.util.find_spec(MODULE)
    loader = spec.loader if spec else None
    source = loader.get_source(MODULE) if isinstance(loader, SourceFileLoader) else None
    if spec is None or source is None or NARROW not in source:
        raise ImportError(
            f"oscrypto cannot be imported ({reason}), and not for the known reason; "
            "compare skill/adapters/sdk/oscrypto_version.py with the oscrypto that is installed."
        ) from reason
    module = importlib.util.module_from_spec(spec)
    sys.modules[MODULE] = module
    exec(compile(source.replace(NARROW, WIDE), str(spec.origin), "exec"), module.__dict__)  # noqa: S102 oscrypto's own
