"""Who asks, and in which workspace: handed to every service function, so that no query forgets whose data it reads."""

from dataclasses import dataclass
from typing import Literal

from service.errors import NotAllowed

Role = Literal["viewer", "reviewer", "administrator"]
_RANK: dict[str, int] = {"viewer": 0, "reviewer": 1, "administrator": 2}


@dataclass(frozen=True)
class Scope:
    """A user in a workspace."""

    workspace: str
    user: str
    login: str
    role: Role

    def need(self, role: Role) -> None:
        """Raises NotAllowed for a user of a lower role."""
        if _RANK[self.role] < _RANK[role]:
            raise NotAllowed(f"This needs the role of a {role}.", "Ask an administrator of your workspace.")
