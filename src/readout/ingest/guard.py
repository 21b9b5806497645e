"""Connections that cannot be led astray: only to public addresses, and only for as long as there is time.

The name is resolved here and the connection goes to the very address that was checked, so a name that changes its
address between check and use (DNS rebinding) gains nothing. TLS still verifies the name.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from readout.errors import SourceError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052


class RefusedAddressError(SourceError):
    """A host resolves to an address that is not on the public internet."""


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet, looking also inside IPv6 forms that carry an IPv4 address."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class Deadline:
    """A moment after which nothing more is waited for.

    Args:
        seconds: from now.
    """

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    def left(self, limit: float | None) -> float:
        """Seconds still to wait, at most `limit`.

        Raises:
            httpcore.ReadTimeout: there are none.
        """
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("out of time")
        return left if limit is None else min(left, limit)


class GuardedBackend(httpcore.NetworkBackend):
    """An httpcore network backend that checks where it connects and keeps to a deadline.

    Args:
        allow_private: whether addresses that are not public are allowed.
        named: hosts and ports that are allowed wherever they are, and no others beside them.
    """

    def __init__(self, allow_private: bool, named: frozenset[tuple[str, int]] = frozenset()) -> None:
        self._allow_private = allow_private
        self._named = named
        self._inner = httpcore.SyncBackend()
        self.deadline = Deadline(0)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of the host, once all of them are checked."""
        address = self._resolve(host, port)
        stream = self._inner.connect_tcp(address, port, self.deadline.left(timeout), local_address, socket_options)
        return _GuardedStream(stream, self)

    def _resolve(self, host: str, port: int) -> str:
        try:
            found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host[:80]} is not known") from error
        may_be_private = self._allow_private or (host, port) in self._named
        if not may_be_private and not all(map(is_public, found)):
            raise RefusedAddressError(f"{host[:80]} is at a private or reserved address")
        return found[0]


class _GuardedStream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, backend: GuardedBackend) -> None:
        self._inner = inner
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._backend.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._backend.deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._inner.start_tls(ssl_context, server_hostname, self._backend.deadline.left(timeout))
        return _GuardedStream(stream, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
