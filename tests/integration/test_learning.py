"""A training through a real queue: started by an administrator, done by a worker, used without a restart."""

from rq import SimpleWorker
from rq.serializers import JSONSerializer

from service.database.engine import Database
from service.database.migrate import upgrade
from service.learning.service import LearningService
from service.work import broker
from service.work.context import install
from service.work.queue import RqQueue
from tests.unit.service.test_learning import LOCAL_WORKSPACE, Labelling, passages_by_themselves  # noqa: F401 (a fixture)
from tests.unit.service.workshop import Workshop


def test_a_training_in_the_queue_is_done_and_its_model_judges_the_next_document(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    upgrade(database)
    with broker.embedded(tmp_path) as address:
        queue = RqQueue.connect(address, 60)
        labelling = Labelling(database, tmp_path)
        labelling.papers(wanted="prescription")
        service = LearningService(database, queue, labelling.settings)
        shop = Workshop(database, tmp_path)
        shop.learning = labelling.parts
        shop.become("worker-1")
        started = service.start(labelling.who, promote=True)
        assert queue.waiting("training") == {started.id}
        worker = SimpleWorker(queue.queues(), connection=queue.connection, serializer=JSONSerializer)
        worker.work(burst=True, logging_level="WARNING")
        model = service.get(labelling.who, started.id)
        assert model.state == "active", model.why
        assert labelling.parts.models.judge(LOCAL_WORKSPACE).version == model.version
        install(None)
        queue.close()
    database.close()
