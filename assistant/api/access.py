"""Who may ask, and how often."""

import time
from dataclasses import dataclass
from ipaddress import ip_address

from fastapi import Request

from assistant.api.keys import KeyStore
from assistant.api.problems import NO_KEY, ONLY_HERE, TOO_OFTEN, WRONG_KEY, Problem
from assistant.serving import Limit, address_of

_BEARER = "bearer "
_PROXIES = {"x-forwarded-for", "forwarded", "x-real-ip"}
_CHALLENGE = {"WWW-Authenticate": "Bearer"}


@dataclass(frozen=True, slots=True)
class Access:
    """Lets in who has a key; while none has been made, whoever asks from this machine.

    ``client_header`` is where a reverse proxy writes the address; without it that of the connection
    counts.
    """

    keys: KeyStore
    rate: Limit
    client_header: str = ""

    def enter(self, request: Request) -> dict[str, str]:
        """The headers that tell how often may still be asked; raises Problem (401, 403, 429)."""
        client = self._client(request)
        wait = self.rate.wait_for(client, time.monotonic())
        most = self.rate.per_minute
        headers = {
            "RateLimit-Limit": str(most),
            "RateLimit-Remaining": str(self.rate.left_for(client)),
            "RateLimit-Reset": str(wait or 60),
        }
        if wait:
            says = TOO_OFTEN.format(most=most, seconds=wait)
            raise Problem(429, says, {**headers, "Retry-After": str(wait)})
        return headers

    def _client(self, request: Request) -> str:
        given = request.headers.get("authorization", "")
        key = given[len(_BEARER) :] if given.lower().startswith(_BEARER) else ""
        key = (key or request.headers.get("x-api-key", "")).strip()
        if not self.keys.is_used:
            if not self._is_forwarded(request) and _is_here(
                address_of(request, self.client_header)
            ):
                return "here"
            raise Problem(403, ONLY_HERE)
        if not key:
            raise Problem(401, NO_KEY, _CHALLENGE)
        name = self.keys.name_of(key)
        if name is None:
            raise Problem(401, WRONG_KEY, _CHALLENGE)
        return f"key:{name}"

    def _is_forwarded(self, request: Request) -> bool:
        """Whether a proxy passed it on that the settings say nothing of: it comes from anywhere."""
        given = _PROXIES & set(request.headers.keys())
        return bool(given) and not self.client_header


def _is_here(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
