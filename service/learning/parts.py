"""What a worker needs to train and to judge with the models of workspaces, in one object."""

from dataclasses import dataclass

from service.accounts.service import AccountService
from service.learning.active import ActiveModels
from service.learning.learner import Learner
from service.learning.service import LearningService
from service.learning.trainings import Trainings


@dataclass(frozen=True)
class LearningParts:
    """The parts of learning."""

    models: ActiveModels
    learner: Learner
    trainings: Trainings
    service: LearningService
    accounts: AccountService
