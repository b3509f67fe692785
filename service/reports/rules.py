"""By what a workspace judges: maximum ages, thresholds, flags switched off, the reference date; and what is bought from whom.

The defaults are data of the core (``expectations.toml``, ``flags.toml``). A change makes every kept report of the workspace
untrue: the revision of its suppliers goes up.
"""

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import update
from sqlalchemy.orm import Session

from evidence.settings import AssessmentSettings, Months, Threshold
from service.accounts.models import Workspace
from service.accounts.scope import Scope
from service.audit.models import EventTag
from service.audit.service import record
from service.database.engine import Database
from service.errors import NotFound
from service.suppliers.models import Supplier
from service.texts import JudgingDay


class WorkspaceRules(BaseModel):
    """What a workspace sets apart from the defaults, for all its suppliers."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"max_age_months": {"defect_metrics": 6}, "thresholds": {"certificate_expires_soon.days": 120}}
            ]
        },
    )

    reference_date: JudgingDay | None = Field(
        None, description="The day as of which papers are judged where a request names none; without it today."
    )
    max_age_months: dict[str, Months] = Field(
        {}, description="Maximum age in months of the newest evidence, by the id of the expectation."
    )
    thresholds: dict[str, Threshold] = Field({}, description="Thresholds of red flags as `flag_id.name`.")
    silenced: list[str] = Field([], description="Ids of red flags that are switched off.")


class RulesService:
    """The rules of workspaces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, scope: Scope) -> WorkspaceRules:
        """What the workspace has set; all empty where nothing was."""
        with self._database.read() as session:
            return workspace_rules(session, scope.workspace)

    def set(self, scope: Scope, rules: WorkspaceRules) -> WorkspaceRules:
        """Judge by other rules from now on. Raises NotAllowed, and ValidationError for ids that do not exist."""
        scope.need("administrator")
        _core(rules)
        with self._database.write() as session:
            row = session.get(Workspace, scope.workspace)
            if row is None:
                raise NotFound("There is no such workspace.")
            before, after = row.rules, rules.model_dump(mode="json", exclude_defaults=True)
            if before != after:
                row.rules = after
                session.execute(
                    update(Supplier)
                    .where(Supplier.workspace_id == scope.workspace)
                    .values(revision=Supplier.revision + 1)
                )
                record(
                    session,
                    scope.workspace,
                    scope.user,
                    EventTag.RULES_CHANGE,
                    scope.workspace,
                    before=before,
                    after=after,
                )
        return rules


def workspace_rules(session: Session, workspace: str) -> WorkspaceRules:
    """What a workspace has set."""
    row = session.get(Workspace, workspace)
    return WorkspaceRules.model_validate(row.rules if row else {})


def settings_for(session: Session, supplier: Supplier) -> AssessmentSettings:
    """By what a supplier is judged: the rules of its workspace, the product bought from it and its other names."""
    rules = _core(workspace_rules(session, supplier.workspace_id))
    return rules.model_copy(update={"product": supplier.product, "aliases": tuple(supplier.aliases)})


def _core(rules: WorkspaceRules) -> AssessmentSettings:
    return AssessmentSettings(
        max_age_months=rules.max_age_months, thresholds=rules.thresholds, silenced=tuple(rules.silenced)
    )
