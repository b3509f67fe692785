"""Standard questions asked of a supplier's papers: where to look when an expectation is not shown by records."""

from evidence.data import table
from evidence.questions import standard_questions
from service.accounts.scope import Scope
from service.errors import NotFound
from service.search.schemas import Looked, SearchFilter
from service.search.service import SearchService

EXPECTATIONS: dict[str, str] = {entry["id"]: entry["title"] for entry in table("expectations")["expectation"]}


class QuestionService:
    """Asks the standard questions."""

    def __init__(self, search: SearchService) -> None:
        self._search = search

    @staticmethod
    def standard(expectation: str | None = None) -> list[Looked]:
        """The questions without answers. Raises NotFound for an expectation that does not exist."""
        if expectation is not None and expectation not in EXPECTATIONS:
            raise NotFound("There is no such expectation.", f"Choose from {', '.join(EXPECTATIONS)}.")
        return [
            Looked(expectation=question.expectation, question=question.ask, only=SearchFilter(mode=question.mode))
            for question in standard_questions(expectation)
        ]

    def look(self, scope: Scope, supplier: str, expectation: str | None = None, limit: int = 3) -> list[Looked]:
        """For each question the nearest passages of a supplier, at most ``limit``: those of the wanted mode, or any
        where there are none. Raises NotFound."""
        found = []
        for asked in self.standard(expectation):
            only = asked.only.model_copy(update={"supplier": supplier})
            answer = self._search.search(scope, asked.question, only, limit)
            if not answer.count and only.mode:
                only = SearchFilter(supplier=supplier)
                answer = self._search.search(scope, asked.question, only, limit)
            found.append(asked.model_copy(update={"only": only, "answer": answer}))
        return found
