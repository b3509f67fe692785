"""What is asked of a bundle again and again is worked out once: a dozen rules look at the same columns of hundreds of papers."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from evidence.bundle import Bundle
from evidence.model import DocumentReport

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")


def remembered(
    work: Callable[Concatenate[Bundle, _Asked], _Answer],
) -> Callable[Concatenate[Bundle, _Asked], _Answer]:
    """A question that a bundle answers from memory when it is asked again. A paper among what is asked is known by its path.

    The answer is shared by all who ask: none of them may change it, and it is no iterator, which the first would use up.
    """

    @wraps(work)
    def answer(bundle: Bundle, *of: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        asked = (work, *(one.path if isinstance(one, DocumentReport) else one for one in (*of, *named.values())))
        if asked not in bundle.known:
            bundle.known[asked] = work(bundle, *of, **named)
        found: _Answer = bundle.known[asked]
        return found

    return answer
