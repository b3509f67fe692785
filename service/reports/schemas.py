"""Request lists as the interface shows them. Reports have their own published shape, comparisons theirs."""

from typing import Literal

from pydantic import BaseModel, Field

from service.reports.requests import Letter, letters, write_letter

LanguageCode = Literal["en", "vi", "id", "th", "zh"]


class Asked(BaseModel):
    """One thing asked for, in the language of the letter."""

    title: str = Field(description="The expectation it belongs to; empty for a question about a paper.")
    ask: str
    since: str = Field(description="The day that the newest record should reach.")
    why: str = Field(description="What left the gap open.")
    files: str = Field(description="The papers a question is about.")
    quotes: list[str] = Field(description="The words of those papers that raised the question.")


class RequestList(BaseModel):
    """What to request from a supplier, ready to send."""

    language: LanguageCode
    language_name: str
    text: str = Field(description="The whole letter as plain text.")
    records: list[Asked]
    questions: list[Asked]


def shown_letter(letter: Letter) -> RequestList:
    """A letter as the interface shows it."""

    def asked(lines: tuple) -> list[Asked]:  # type: ignore[type-arg]
        return [
            Asked(title=n.title, ask=n.ask, since=n.since, why=n.why, files=n.files, quotes=list(n.quotes))
            for n in lines
        ]

    return RequestList(
        language=letter.language,  # type: ignore[arg-type]
        language_name=str(letters()[letter.language]["language"]),
        text=write_letter(letter),
        records=asked(letter.records),
        questions=asked(letter.questions),
    )
