"""All tables of all rooms, for migrations and tests."""

from service.accounts import models as accounts
from service.audit import models as audit
from service.database.base import Base
from service.documents import models as documents
from service.learning import models as learning
from service.reports import models as reports
from service.reviews import models as reviews
from service.search import models as search
from service.suppliers import models as suppliers

ROOMS = (accounts, audit, documents, learning, reports, reviews, search, suppliers)
METADATA = Base.metadata
