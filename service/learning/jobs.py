"""What workers do for learning: train a model, judge documents again with the model in use."""

import logging
import time
from collections.abc import Callable

from rq.timeouts import JobTimeoutException

from evidence.model import Error
from service.accounts.service import AccountService
from service.documents.jobs import judge_again
from service.errors import ServiceError
from service.learning.parts import LearningParts
from service.learning.service import LearningService, outdated
from service.learning.trainings import TrainingClaim
from service.work.context import current

logger = logging.getLogger(__name__)

# Documents judged again by one job: minutes at most, so that other work is not kept waiting behind it.
AT_ONCE = 20
# Share of a job's wall time after which it begins no further document: one that is cut off in the midst would end as failed.
BEGIN_WITHIN = 0.25
TOO_LONG = Error(
    code="took_too_long",
    message="The training took longer than the set limit.",
    remedy="Start it on a quieter machine.",
)
BROKEN = Error(
    code="training_failed",
    message="The program failed in the training.",
    remedy="Start it again; if it fails again, look at the log of the worker.",
)


def train_model(model: str) -> None:
    """Train a model, hold it against the one in use, and use it where that was asked for and it is better."""
    context = current()
    parts = context.needed_learning()
    claim = parts.trainings.claim(model, context.owner)
    if claim is not None:
        run_training(parts, claim, logger.info)


def run_training(parts: LearningParts, claim: TrainingClaim, say: Callable[[str], None]) -> None:
    """Do a claimed training to its end; whatever happens, the row says how it ended."""
    try:
        with parts.trainings.held(claim):
            state = parts.learner.learn(claim, say)
    except JobTimeoutException:
        parts.trainings.fail(claim, TOO_LONG)
    except ServiceError as problem:
        logger.warning("training %s ends: %s", claim.model, problem.message)
        parts.trainings.fail(claim, Error.of(problem))
    except Exception:
        logger.exception("training %s failed", claim.model)
        parts.trainings.fail(claim, BROKEN)
    else:
        if state == "candidate" and claim.promote:
            _promote(claim, parts.accounts, parts.service)


def _promote(claim: TrainingClaim, accounts: AccountService, service: LearningService) -> None:
    """In the name of who started it, if that person may still do so."""
    try:
        service.promote(accounts.scope_of(claim.workspace, claim.started_by), claim.model)
    except ServiceError as problem:
        logger.warning("model %s stays a candidate: %s", claim.model, problem.message)


def rejudge_documents(workspace: str) -> None:
    """Judge some of the documents that another model judged, and come back for the rest."""
    context = current()
    # That of the judge, not of the row: a model that this version of the program cannot use judges nothing.
    version = context.judging(workspace).version
    with context.database.read() as session:
        documents: list[str] = list(session.scalars(outdated(workspace, version).limit(AT_ONCE + 1)))
    end = time.monotonic() + BEGIN_WITHIN * context.settings.limits.document_seconds
    done = 0
    for document in documents[:AT_ONCE]:
        judge_again(context, document)
        done += 1
        if time.monotonic() > end:
            break
    if len(documents) > done:
        context.queue.put("rejudge", workspace)
