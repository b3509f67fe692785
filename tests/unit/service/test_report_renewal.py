"""Reports by older rules are worked out anew by the workers, behind all else and once."""

import pytest
from sqlalchemy import select, update

from service.reports.models import Assessment, program
from service.suppliers.models import Supplier
from tests.unit.service.workshop import RUN, Workshop

OLDER = "0.0.1 older rules"


@pytest.fixture
def shop(database, tmp_path):
    made = Workshop(database, tmp_path)
    made.send(a="Audit of 12 March")
    made.work()
    return made


def age(shop):
    with shop.database.write() as session:
        for row in session.scalars(select(Assessment)):
            session.execute(
                update(Assessment).where(Assessment.id == row.id).values(content={**row.content, "program": OLDER})
            )


def programs(shop):
    with shop.database.read() as session:
        return [content["program"] for content in session.scalars(select(Assessment.content))]


def test_a_report_by_older_rules_is_worked_out_anew(shop):
    assert programs(shop) == [program()]
    age(shop)
    assert shop.suppliers.list(shop.who).items[0].headline is None
    shop.sweeper.sweep()
    assert shop.queue.jobs == [("renewal", shop.supplier, 0)]
    shop.work()
    assert programs(shop) == [program()]
    assert shop.suppliers.list(shop.who).items[0].headline == "not enough evidence"


def test_nothing_is_asked_for_while_all_reports_are_of_the_rules_of_now(shop):
    shop.sweeper.sweep()
    assert shop.queue.jobs == []


def test_what_waits_already_is_not_asked_for_again(shop):
    age(shop)
    shop.queue.put("renewal", shop.supplier)
    shop.sweeper.sweep()
    assert len(shop.queue.jobs) == 1


def test_a_supplier_that_is_gone_or_was_opened_meanwhile_is_left_alone(shop):
    age(shop)
    shop.reports.report(shop.who, shop.supplier)  # somebody opened it
    before = programs(shop)
    RUN["renewal"](shop.supplier)
    assert programs(shop) == before
    with shop.database.write() as session:
        session.delete(session.get(Supplier, shop.supplier))
    RUN["renewal"](shop.supplier)
