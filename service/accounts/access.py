"""The access token: who knows it gets in, and who guesses is kept waiting.

A token is a word of at least 16 characters that programs send with each request and people once, to sign in. What a browser
keeps afterwards is not the token but a seal made with it, which says until when it holds: it cannot be guessed, and a
changed token makes every one of them void.

Guesses are counted a sender, over all processes of the service, and each different word counts once: a program that goes on
with an old token is no guesser. After too many the sender's tokens are not looked at until the time is over, right or
wrong, or the answer would tell which it was. Nobody waits longer than that time, and who has signed in does not wait at all.
"""

import hashlib
import hmac
import logging
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Protocol

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from service.errors import NotSignedIn, TooOften

logger = logging.getLogger(__name__)

# How long a browser stays signed in without giving the token again: two working weeks.
SESSION_SECONDS = 14 * 24 * 3600
# Seconds that a look at the counted guesses may take; without an answer this process counts alone.
COUNT_SECONDS = 1.0
# Letters kept of the digest of a guess: enough to tell guesses apart, too few to find out a word that was nearly right.
GUESS_LETTERS = 8
# Senders remembered by one process that counts alone; the oldest are forgotten first.
MOST_SENDERS = 10_000
# Who owns an address of IPv6 owns all with the same first bits, so they count as one.
IPV6_PREFIX = 64


class Guesses(Protocol):
    """Counts the different wrong words of each sender within a time that begins with the first."""

    def count(self, sender: str) -> tuple[int, int]:
        """How many there were, and the seconds until they are forgotten."""
        ...

    def add(self, sender: str, word: str) -> None:
        """One more wrong word."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class MemoryGuesses:
    """Counted by this process alone."""

    def __init__(self, seconds: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._senders: dict[str, tuple[float, set[str]]] = {}

    def count(self, sender: str) -> tuple[int, int]:
        """How many there were, and the seconds until they are forgotten."""
        end, words = self._senders.get(sender, (0.0, set()))
        left = end - self._clock()
        return (len(words), int(left) + 1) if left > 0 else (0, 0)

    def add(self, sender: str, word: str) -> None:
        """One more wrong word."""
        if not self.count(sender)[0]:
            self._senders.pop(sender, None)
            while len(self._senders) >= MOST_SENDERS:
                self._senders.pop(next(iter(self._senders)))
        end, words = self._senders.get(sender, (self._clock() + self._seconds, set()))
        self._senders[sender] = (end, words | {word})

    def close(self) -> None:
        """Nothing is held."""


class RedisGuesses:
    """Counted on the server of the queue, which all processes share; while it is away each counts alone."""

    def __init__(self, address: str, seconds: int) -> None:
        self._seconds = seconds
        self._server = redis.Redis.from_url(
            address,
            socket_connect_timeout=COUNT_SECONDS,
            socket_timeout=COUNT_SECONDS,
            retry=Retry(NoBackoff(), 1),  # once anew, for a connection that the server closed meanwhile
        )
        self._alone = MemoryGuesses(seconds)

    def count(self, sender: str) -> tuple[int, int]:
        """How many there were, and the seconds until they are forgotten."""
        try:
            with self._server.pipeline() as asked:
                asked.scard(_key(sender))
                asked.ttl(_key(sender))
                found, left = asked.execute()
        except redis.RedisError as problem:
            logger.warning("guesses are counted by this process alone: %s", problem)
            return self._alone.count(sender)
        # A server that can be read and not written to (full, or a copy) knows none of what this process counted.
        return max((int(found), max(1, int(left))), self._alone.count(sender))

    def add(self, sender: str, word: str) -> None:
        """One more wrong word."""
        try:
            with self._server.pipeline() as told:
                told.sadd(_key(sender), word)
                told.expire(_key(sender), self._seconds, nx=True)
                told.execute()
        except redis.RedisError as problem:
            logger.warning("a guess is counted by this process alone: %s", problem)
            self._alone.add(sender, word)

    def close(self) -> None:
        """Give back the connections."""
        self._server.close()


def _key(sender: str) -> str:
    return f"livingproof:guesses:{sender}"


class Access:
    """Whether a request may pass. An empty token lets everybody in: the service then listens on this machine alone."""

    def __init__(self, token: str, guesses: Guesses, most: int, now: Callable[[], float] = time.time) -> None:
        self._token, self._guesses, self._most, self._now = token, guesses, most, now

    @property
    def needed(self) -> bool:
        """Whether a token is set at all."""
        return bool(self._token)

    def check(self, address: str, token: str) -> None:
        """Raises NotSignedIn for a wrong token, and TooOften for any after too many wrong ones from this address."""
        if not self._token:
            return
        sender = sender_of(address)
        guesses, left = self._guesses.count(sender)
        if guesses >= self._most:
            raise TooOften(
                "Too many wrong access tokens came from this address.",
                f"Wait {left} seconds, then send the right one.",
                retry_seconds=left,
            )
        if hmac.compare_digest(token.encode("utf-8", "replace"), self._token.encode()):
            return
        digest = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
        self._guesses.add(sender, digest[:GUESS_LETTERS])
        raise NotSignedIn("This is not the access token of the service.", "Type it again.")

    def close(self) -> None:
        """Give back connections."""
        self._guesses.close()

    def seal(self) -> str:
        """What a browser keeps after the token was right."""
        end = str(int(self._now()) + SESSION_SECONDS)
        return f"{end}.{self._sign(end)}"

    def is_sealed(self, kept: str) -> bool:
        """Whether this is such a seal, and still holds."""
        end, _, sign = kept.partition(".")
        if not (end.isascii() and end.isdigit() and hmac.compare_digest(sign.encode(), self._sign(end).encode())):
            return False
        return self._now() < int(end)

    def _sign(self, end: str) -> str:
        return hmac.new(self._token.encode(), f"livingproof session {end}".encode(), hashlib.sha256).hexdigest()


def sender_of(address: str) -> str:
    """By what senders are told apart: the address, or the network of one who has a whole network of them."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address or "unknown"
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, IPV6_PREFIX), strict=False))
