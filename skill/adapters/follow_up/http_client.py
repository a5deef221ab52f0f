"""Calls Alexa's own services for the SDK: an API client with limits on time, size and address.

The SDK's own needs ``requests``, waits for ever, and takes any address.
"""

import http.client
import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from ask_sdk_model.services.api_client_request import ApiClientRequest
    from ask_sdk_model.services.api_client_response import ApiClientResponse

TIMEOUT_SECONDS = 1.5
"""For connecting and for each wait: Alexa's services take some 100 ms, and a person waits for the words."""

LARGEST_ANSWER_BYTES = 65_536

HOST = "amazonalexa.com"
"""Of Alexa's services: api.amazonalexa.com, and api.eu and api.fe for other parts of the world."""


class ForeignAddressError(ValueError):
    """When a request names an address for Alexa's services that is not Amazon's: the access token goes nowhere else."""


class AlexaHttpClient:
    """The SDK's ``ApiClient``. Plain HTTP is spoken to this computer only, where the simulator and the tests listen."""

    def invoke(self, request: "ApiClientRequest") -> "ApiClientResponse":
        """Send ``request`` and return the answer. Raises OSError, HTTPException or ForeignAddressError."""
        from ask_sdk_model.services.api_client_response import ApiClientResponse  # noqa: PLC0415 as its caller

        address = urlsplit(request.url)
        connection = _connection(address.scheme, address.hostname or "", address.port)
        try:
            path = f"{address.path}?{address.query}" if address.query else address.path
            body = request.body.encode() if request.body else None
            connection.request(request.method, path, body, dict(request.headers or ()))
            answer = connection.getresponse()
            text = answer.read(LARGEST_ANSWER_BYTES).decode("utf-8", "replace")
            return ApiClientResponse(headers=answer.getheaders(), status_code=answer.status, body=text)
        finally:
            connection.close()


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https" and (host == HOST or host.endswith(f".{HOST}")):
        return http.client.HTTPSConnection(host, port, timeout=TIMEOUT_SECONDS)
    if scheme == "http" and _is_this_computer(host):
        return http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
    raise ForeignAddressError("apiEndpoint is not Amazon's; nothing is sent there.")


def _is_this_computer(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
