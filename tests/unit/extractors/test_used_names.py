import pytest

from extractors.entry_names import UsedNames
from tests.unit.work import MOST, growth


@pytest.mark.parametrize(
    ("names", "given"),
    [
        (["a.txt", "a.txt", "A.TXT"], ["a.txt", "a (2).txt", "A (3).TXT"]),
        (["a.txt", "a (2).txt", "a.txt"], ["a.txt", "a (2).txt", "a (3).txt"]),
        (["x/read.me", "x/read.me", "y/read.me"], ["x/read.me", "x/read (2).me", "y/read.me"]),
        (["v1.2/notes", "v1.2/notes"], ["v1.2/notes", "v1.2/notes (2)"]),
        ([".profile", ".profile"], [".profile", ".profile (2)"]),
    ],
)
def test_a_name_that_comes_again_gets_a_number(names, given):
    used = UsedNames()
    assert [used.unique(name) for name in names] == given


def test_each_of_many_entries_of_one_name_costs_what_one_does():
    def name(number):
        used = UsedNames()
        assert len({used.unique("a.txt") for _ in range(number)}) == number

    assert growth(int, name, 500) < MOST
