from concurrent.futures import ThreadPoolExecutor

import pytest
import redis

from service.accounts.access import AWAY_SECONDS, Access, MemoryGuesses, RedisGuesses, sender_of
from service.errors import NotSignedIn, TooOften
from service.work import broker

TOKEN = "a-long-random-word-for-tests"
HERE = "203.0.113.7"


class Clock:
    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with broker.embedded(tmp_path_factory.mktemp("queue")) as address:
        yield address


@pytest.fixture(params=["memory", "redis"])
def guesses(request):
    if request.param == "memory":
        made = MemoryGuesses(60, 2)
    else:
        made = RedisGuesses(request.getfixturevalue("server"), 60, 2)
    yield made
    made.close()


def guess(access, count, sender=HERE):
    for number in range(count):
        with pytest.raises(NotSignedIn):
            access.check(sender, f"guess number {number}")


def test_different_words_are_counted_and_the_same_word_once(guesses):
    assert [guesses.wait("somebody", word) for word in ("one", "one", "two", None)][:3] == [0, 0, 0]
    assert 0 < guesses.wait("somebody", "three") <= 61
    assert 0 < guesses.wait("somebody", None) <= 61
    assert guesses.wait("somebody else", None) == 0


def test_of_words_that_come_at_the_same_time_no_more_are_looked_at(guesses):
    with ThreadPoolExecutor(16) as pool:
        waits = list(pool.map(lambda number: guesses.wait("a hurried one", f"word {number}"), range(64)))
    assert waits.count(0) == 2


def test_several_processes_count_together(server):
    first, second = RedisGuesses(server, 60, 10), RedisGuesses(server, 60, 10)
    guess(Access(TOKEN, first), 10, "198.51.100.1")
    with pytest.raises(TooOften):
        Access(TOKEN, second).check("198.51.100.1", "one more")
    first.close()
    second.close()


def test_without_the_server_a_process_counts_alone(tmp_path):
    access = Access(TOKEN, RedisGuesses(f"unix://{tmp_path / 'nobody.sock'}", 60, 3))
    guess(access, 3)
    with pytest.raises(TooOften):
        access.check(HERE, "guess")
    access.check("198.51.100.9", TOKEN)
    access.close()


def test_a_server_that_is_away_is_not_asked_at_each_request(monkeypatch, server):
    clock = Clock()
    guesses = RedisGuesses(server, 60, 3, clock)
    asked = []

    def away(*given, **named):
        asked.append(given)
        raise redis.TimeoutError

    with monkeypatch.context() as patched:
        patched.setattr(guesses, "_look", away)
        for number in range(20):
            guesses.wait(f"sender {number}", "word")
        assert len(asked) == 1
        clock.now += AWAY_SECONDS
        guesses.wait(HERE, "word")
        assert len(asked) == 2
    clock.now += AWAY_SECONDS
    assert guesses.wait("198.51.100.44", "word") == 0
    assert guesses._server.scard("livingproof:guesses:198.51.100.44") == 1  # it counts on the server again
    guesses.close()


def test_a_server_that_takes_no_writes_does_not_open_the_door(server):
    guesses = RedisGuesses(server, 60, 3)
    clients = guesses._server
    clients.config_set("maxmemory", 1)  # reads are answered, writes refused
    try:
        access = Access(TOKEN, guesses)
        guess(access, 3, "198.51.100.77")
        with pytest.raises(TooOften):
            access.check("198.51.100.77", "guess")
    finally:
        clients.config_set("maxmemory", 0)
        guesses.close()


def test_after_too_many_guesses_not_even_the_right_token_is_looked_at_but_only_for_a_moment():
    clock = Clock()
    access = Access(TOKEN, MemoryGuesses(60, 10, clock))
    guess(access, 10)
    with pytest.raises(TooOften) as refused:
        access.check(HERE, TOKEN)
    assert 0 < refused.value.retry_seconds <= 61
    with pytest.raises(TooOften):
        access.check(HERE, "what is refused makes the wait no longer")
    access.check("198.51.100.2", TOKEN)
    clock.now += 61
    access.check(HERE, TOKEN)


def test_a_program_that_goes_on_with_an_old_token_locks_nobody_out():
    access = Access(TOKEN, MemoryGuesses(60, 10))
    for _ in range(200):
        with pytest.raises(NotSignedIn):
            access.check(HERE, "the token of last year")
    access.check(HERE, TOKEN)


def test_senders_of_one_network_count_together():
    assert sender_of("2001:db8:1:2::1") == sender_of("2001:db8:1:2:ffff::9") != sender_of("2001:db8:1:3::1")
    assert sender_of("::ffff:203.0.113.7") == "203.0.113.7" != sender_of("203.0.113.8")
    assert sender_of("") == "unknown"


def test_a_process_alone_remembers_so_many_senders_and_no_more(monkeypatch):
    monkeypatch.setattr("service.accounts.access.MOST_SENDERS", 3)
    guesses = MemoryGuesses(60, 1)
    for number in range(10):
        guesses.wait(f"sender {number}", "word")
    assert [guesses.wait(f"sender {number}", None) > 0 for number in (0, 6, 7, 9)] == [False, False, True, True]


@pytest.mark.parametrize(("seconds", "said"), [(60, "Wait 61 seconds,"), (0.5, "Wait 1 second,")])
def test_the_time_to_wait_is_said_in_words(seconds, said):
    access = Access(TOKEN, MemoryGuesses(seconds, 1, Clock()))
    guess(access, 1)
    with pytest.raises(TooOften) as refused:
        access.check(HERE, TOKEN)
    assert refused.value.remedy.startswith(said)


def test_a_seal_holds_for_a_time_and_for_its_token_alone():
    clock = Clock()
    access = Access(TOKEN, MemoryGuesses(60, 10), clock)
    kept = access.seal()
    assert TOKEN not in kept
    assert access.is_sealed(kept)
    assert not Access("another-long-random-word", MemoryGuesses(60, 10), clock).is_sealed(kept)
    end, _, sign = kept.partition(".")
    for forged in (f"{int(end) + 1}.{sign}", f"{end}.{sign[:-1]}", end, "", ".", f"{end}.ü", f"²{end}.{sign}", TOKEN):
        assert not access.is_sealed(forged)
    clock.now += 15 * 24 * 3600
    assert not access.is_sealed(kept)
