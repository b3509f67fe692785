import pytest

from service.accounts.access import Access, MemoryGuesses, RedisGuesses, sender_of
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
    made = MemoryGuesses(60) if request.param == "memory" else RedisGuesses(request.getfixturevalue("server"), 60)
    yield made
    made.close()


def guess(access, count, sender=HERE):
    for number in range(count):
        with pytest.raises(NotSignedIn):
            access.check(sender, f"guess number {number}")


def test_different_words_are_counted_and_the_same_word_once(guesses):
    for word in ("one", "two", "two", "two"):
        guesses.add("somebody", word)
    count, left = guesses.count("somebody")
    assert count == 2
    assert 0 < left <= 61
    assert guesses.count("somebody else")[0] == 0


def test_several_processes_count_together(server):
    first, second = RedisGuesses(server, 60), RedisGuesses(server, 60)
    guess(Access(TOKEN, first, most=10), 10, "198.51.100.1")
    with pytest.raises(TooOften):
        Access(TOKEN, second, most=10).check("198.51.100.1", "one more")
    first.close()
    second.close()


def test_without_the_server_a_process_counts_alone(tmp_path):
    access = Access(TOKEN, RedisGuesses(f"unix://{tmp_path / 'nobody.sock'}", 60), most=3)
    guess(access, 3)
    with pytest.raises(TooOften):
        access.check(HERE, "guess")
    access.check("198.51.100.9", TOKEN)
    access.close()


def test_a_server_that_takes_no_writes_does_not_open_the_door(server):
    guesses = RedisGuesses(server, 60)
    clients = guesses._server
    clients.config_set("maxmemory", 1)  # reads are answered, writes refused
    try:
        access = Access(TOKEN, guesses, most=3)
        guess(access, 3, "198.51.100.77")
        with pytest.raises(TooOften):
            access.check("198.51.100.77", "guess")
    finally:
        clients.config_set("maxmemory", 0)
        guesses.close()


def test_after_too_many_guesses_not_even_the_right_token_is_looked_at_but_only_for_a_moment():
    clock = Clock()
    access = Access(TOKEN, MemoryGuesses(60, clock), most=10)
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
    access = Access(TOKEN, MemoryGuesses(60), most=10)
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
    guesses = MemoryGuesses(60)
    for number in range(10):
        guesses.add(f"sender {number}", "word")
    assert [guesses.count(f"sender {number}")[0] for number in (0, 6, 7, 9)] == [0, 0, 1, 1]


def test_a_seal_holds_for_a_time_and_for_its_token_alone():
    clock = Clock()
    access = Access(TOKEN, MemoryGuesses(60), most=10, now=clock)
    kept = access.seal()
    assert TOKEN not in kept
    assert access.is_sealed(kept)
    assert not Access("another-long-random-word", MemoryGuesses(60), 10, clock).is_sealed(kept)
    end, _, sign = kept.partition(".")
    for forged in (f"{int(end) + 1}.{sign}", f"{end}.{sign[:-1]}", end, "", ".", f"{end}.ü", f"²{end}.{sign}", TOKEN):
        assert not access.is_sealed(forged)
    clock.now += 15 * 24 * 3600
    assert not access.is_sealed(kept)
