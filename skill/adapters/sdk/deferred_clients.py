"""Keeps the SDK from importing its eleven service clients, which a skill that calls nobody never uses.

``ask_sdk_core.skill`` imports ``ServiceClientFactory``, whose module imports a client and its models for each of
Amazon's services: a third of the SDK's import time, and memory for good. This module puts a stand-in in that one
module's place; the package ``skill.adapters.sdk`` imports it before anything of the SDK. Who does ask for a factory, by
giving the skill builder an API client, gets the real one then. If the SDK no longer has the module, the stand-in is
never asked for.
"""

import importlib
import sys
from types import ModuleType
from typing import Any

FACTORY_MODULE = "ask_sdk_model.services.service_client_factory"
"""The one module through which all service clients are imported (ask-sdk-model 1.82)."""


class DeferredModule(ModuleType):
    """Stands in for ``FACTORY_MODULE`` until something of it is really used."""

    class ServiceClientFactory:
        """Makes the SDK's own factory when it is called, as the class of this name would be."""

        def __new__(cls, *args: Any, **options: Any) -> Any:
            """Import the real module and return an instance of its factory."""
            return real_module().ServiceClientFactory(*args, **options)

    def __getattr__(self, name: str) -> Any:
        """Return any other name from the real module. Import machinery asks for names with underscores: not those."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(real_module(), name)


def defer_service_clients() -> bool:
    """Put the stand-in in place and return True, or return False where the real module was imported before."""
    if FACTORY_MODULE in sys.modules:
        return isinstance(sys.modules[FACTORY_MODULE], DeferredModule)
    sys.modules[FACTORY_MODULE] = DeferredModule(FACTORY_MODULE)
    return True


def real_module() -> ModuleType:
    """Import the SDK's own module, clients and all, and let it take the stand-in's place."""
    if isinstance(sys.modules.get(FACTORY_MODULE), DeferredModule):
        del sys.modules[FACTORY_MODULE]
    return importlib.import_module(FACTORY_MODULE)


defer_service_clients()
