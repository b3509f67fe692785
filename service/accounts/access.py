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
import threading
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
# Seconds to reach the server that counts: it stands in the same network, where this takes milliseconds.
CONNECT_SECONDS = 0.3
# Seconds for which a server that gave no answer is not asked again, so that not every request waits for it.
AWAY_SECONDS = 10
# Letters kept of the digest of a guess: enough to tell guesses apart, too few to find out a word that was nearly right.
GUESS_LETTERS = 8
# Senders remembered by one process that counts alone; the oldest are forgotten first.
MOST_SENDERS = 10_000
# Who owns an address of IPv6 owns all with the same first bits, so they count as one.
IPV6_PREFIX = 64


class Guesses(Protocol):
    """Counts the different wrong words of each sender within a time that begins with the first."""

    def wait(self, sender: str, wrong: str | None) -> int:
        """Seconds for which no word of a sender is looked at; 0 where this one is. A ``wrong`` one that is looked at counts.

        Counting and asking are one step: words that come at the same time are looked at one after the other.
        """
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class MemoryGuesses:
    """Counted by this process alone."""

    def __init__(self, seconds: int, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._most, self._clock = seconds, most, clock
        self._senders: dict[str, tuple[float, set[str]]] = {}
        self._lock = threading.Lock()

    def wait(self, sender: str, wrong: str | None) -> int:
        """Seconds for which no word of a sender is looked at; 0 where this one is."""
        with self._lock:
            end, words = self._senders.get(sender, (0.0, set()))
            left = end - self._clock()
            if left > 0 and len(words) >= self._most:
                return int(left) + 1
            if wrong is not None:
                if left <= 0:
                    self._forget(sender)
                    end, words = self._clock() + self._seconds, set()
                self._senders[sender] = (end, words | {wrong})
            return 0

    def _forget(self, sender: str) -> None:
        self._senders.pop(sender, None)
        while len(self._senders) >= MOST_SENDERS:
            self._senders.pop(next(iter(self._senders)))

    def close(self) -> None:
        """Nothing is held."""


# Runs on the server as one step. Counts a wrong word where the sender has not had too many; says how long to wait.
_LOOK = """
if redis.call('SCARD', KEYS[1]) >= tonumber(ARGV[1]) then
  return math.max(1, redis.call('TTL', KEYS[1]))
end
if ARGV[3] ~= '' then
  redis.call('SADD', KEYS[1], ARGV[3])
  redis.call('EXPIRE', KEYS[1], ARGV[2], 'NX')
end
return 0
"""


class RedisGuesses:
    """Counted on the server of the queue, which all processes share; while it is away each counts alone."""

    def __init__(self, address: str, seconds: int, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._most, self._clock = seconds, most, clock
        self._server = redis.Redis.from_url(
            address,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_timeout=COUNT_SECONDS,
            retry=Retry(NoBackoff(), 1),  # once anew, for a connection that the server closed meanwhile
        )
        self._look = self._server.register_script(_LOOK)
        self._alone = MemoryGuesses(seconds, most, clock)
        self._away_until = 0.0

    def wait(self, sender: str, wrong: str | None) -> int:
        """Seconds for which no word of a sender is looked at; 0 where this one is."""
        # What this process counted alone holds on when the server is back: the server knows none of it.
        alone = self._alone.wait(sender, None)
        if alone:
            return alone
        if self._clock() >= self._away_until:
            try:
                return int(self._look([_key(sender)], [self._most, self._seconds, wrong or ""]))
            except redis.RedisError as problem:
                self._away_until = self._clock() + AWAY_SECONDS
                logger.warning("guesses are counted by this process alone for %d seconds: %s", AWAY_SECONDS, problem)
        return self._alone.wait(sender, wrong)

    def close(self) -> None:
        """Give back the connections."""
        self._server.close()


def _key(sender: str) -> str:
    return f"livingproof:guesses:{sender}"


class Access:
    """Whether a request may pass. An empty token lets everybody in: the service then listens on this machine alone."""

    def __init__(self, token: str, guesses: Guesses, now: Callable[[], float] = time.time) -> None:
        self._token, self._guesses, self._now = token, guesses, now

    @property
    def needed(self) -> bool:
        """Whether a token is set at all."""
        return bool(self._token)

    def check(self, address: str, token: str) -> None:
        """Raises NotSignedIn for a wrong token, and TooOften for any after too many wrong ones from this address."""
        if not self._token:
            return
        given = token.encode("utf-8", "replace")
        right = hmac.compare_digest(given, self._token.encode())
        wrong = None if right else hashlib.sha256(given).hexdigest()[:GUESS_LETTERS]
        left = self._guesses.wait(sender_of(address), wrong)
        if left:
            raise TooOften(
                "Too many wrong access tokens came from this address.",
                f"Wait {left} {'second' if left == 1 else 'seconds'}, then send the right one.",
                retry_seconds=left,
            )
        if not right:
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
