"""Whether the scope of a certificate names the work that the supplier does: what is asked for, and what the other papers show."""

import itertools
import re

from evidence.bundle import Bundle
from evidence.certification import Certificate
from evidence.data import table
from evidence.facts.text import fold, late, phrases, words
from evidence.goods import goods, goods_made
from evidence.laboratory_work import is_laboratory
from evidence.own_work import other_than_told
from evidence.processes import processes
from evidence.scopes import goods_told
from evidence.titles import title_of
from evidence.trades import covers, families, is_open

_TRADING, _CARRYING = (phrases("certificates_flags", name) for name in ("trading", "carrying"))
_MAKING = re.compile("|".join(phrases("certificates_flags", name).pattern for name in ("making", "working")))
_GOODS = re.compile("|".join(map(re.escape, table("words")["certificates_flags"]["goods_behind"])))
_GOODS_BEFORE = late(rf"(?:{phrases('certificates_flags', 'goods_before').pattern})\s?$")
_AFTER_SALE = phrases("certificates_flags", "after_sale")


def other_work(bundle: Bundle, certificate: Certificate) -> str:
    """The work that the scope of a certificate does not name; nothing where it names it, or cannot be told not to.

    Without a product set, a scope of trade only covers no production that the other papers show, and one of goods no other goods.
    """
    folded = scope_of(certificate)
    if not folded:
        return ""
    product = bundle.settings.product
    if product and (not covers(folded, fold(product)) or leaves_out(folded, fold(product))):
        return product
    made = goods_made(fold(product)) if product and not _serves(fold(product)) else set()
    if product and made and not made & goods(folded) and serves_alone(folded):
        return product
    done = _without_left_out(folded)
    if (done != folded or _trades(bundle, folded)) and not _makes(done):
        if _produces(bundle):
            return "the production that the other papers show"
        if is_laboratory(bundle):
            return "the work of a laboratory that its name and papers tell of"
        if _is_maker(bundle.supplier, product or ""):
            return f"the making of {product}" if product else "the making that its name tells of"
    return "" if product else _told_otherwise(bundle, certificate, folded)


def _told_otherwise(bundle: Bundle, certificate: Certificate, scope: str) -> str:
    path = certificate.document.path
    return goods_told(bundle, path, scope) or other_than_told(bundle, path, scope)


def is_of_trade(bundle: Bundle, certificate: Certificate) -> bool:
    """Whether a certificate covers trade alone, and no making."""
    folded = scope_of(certificate)
    return _trades(bundle, folded) and not _makes(_without_left_out(folded))


def other_goods(bundle: Bundle, certificate: Certificate) -> str:
    """The goods of the other papers where the scope of a certificate of a system besides quality names others: food safety, environment."""
    scope = scope_of(certificate)
    product = bundle.settings.product
    if not scope or (product and covers(scope, fold(product))):
        return ""
    return goods_told(bundle, certificate.document.path, scope)


def scope_of(certificate: Certificate) -> str:
    """The folded scope of a certificate, with those of its other sites where it stands in the column of a table of them."""
    scope = certificate.fields.get("scope")
    if scope is None:
        return ""
    passage = next((one for one in certificate.document.passages if one.id == scope.passage), None)
    rows = [[cell.strip() for cell in line.split("|")] for line in passage.text.split("\n")] if passage else []
    at = next((at for at, row in enumerate(rows) if len(row) > 1 and scope.value in row[1:]), 0)
    if not at or len(rows[at - 1]) != len(rows[at]):
        return fold(scope.value)
    width, column = len(rows[at]), rows[at].index(scope.value)
    below = itertools.takewhile(lambda cells: len(cells) == width, rows[at + 1 :])
    return fold("; ".join((scope.value, *(cells[column] for cells in below))))


def _trades(bundle: Bundle, scope: str) -> bool:
    """Whether a folded scope is one of trade, or of carrying and storing where that is not what the supplier is there for."""
    if _TRADING.search(scope) is not None:
        return True
    named = fold(f"{bundle.supplier} {bundle.settings.product or ''}")
    return _CARRYING.search(scope) is not None and "transport" not in families(named) and not _carries(bundle)


def _carries(bundle: Bundle) -> bool:
    """Whether records tell of what carriers and warehouses do, two at least in the heads of their tables: trips, trailers, seals."""
    told = (
        _CARRIED.search(fold(" ".join((document.path, *(passage.text for passage in document.passages)))))
        for document in bundle.read
        if document.kind != "certificate"
    )
    return sum(found is not None for found in told) >= LEAST_STEPPED


def _without_left_out(scope: str) -> str:
    """A folded scope without the work that it says it does not cover: ``design and sales (manufacturing not included)``."""
    return _LEFT_OUT.sub(" ", scope)


_LEFT_OUT = late(
    rf"(?:{phrases('certificates_flags', 'left_out').pattern})[^;.。]{{0,12}}?(?:{_MAKING.pattern})|"
    rf"(?:{_MAKING.pattern})[^;.。,，]{{0,12}}?(?:{phrases('certificates_flags', 'left_out_behind').pattern})"
)


def leaves_out(scope: str, product: str) -> bool:
    """Whether a folded scope says that it does not cover a work by which a product is told to be made, or the product itself: ``gear blanks;
    heat treatment is not included``, for hardened gears.
    """
    out = " ".join(match[0] for match in _CLAUSE_OUT.finditer(scope) if not _DESIGN.search(match[0]))
    kept = _CLAUSE_OUT.sub(" ", scope)
    wanted = processes(product)
    return bool(wanted & processes(out) - processes(kept)) or bool(goods_made(product) & goods(out) - goods(kept))


def serves_alone(scope: str) -> bool:
    """Whether a folded scope names services and nothing that makes things: ``installation and maintenance of fire protection systems``."""
    bare = _SERVICES.sub(" ", scope)
    return bare != scope and not _makes(bare) and not processes(bare) and not is_open(bare)


def _serves(product: str) -> bool:
    return _SERVICES.search(product) is not None


_SERVICES = phrases("certificates_flags", "services")
_LEFT, _LEFT_BEHIND, _DESIGN = (
    phrases("certificates_flags", name) for name in ("left_out", "left_out_behind", "design_work")
)
_CLAUSE_OUT = late(
    rf"(?:{_LEFT.pattern})[^;.。()（）]{{3,120}}|(?:(?<=[.;。(（])|^)[^;.。()（）]{{3,120}}?(?:{_LEFT_BEHIND.pattern})"
)


def _is_maker(supplier: str, product: str) -> bool:
    """Whether a supplier's name says that it makes, or what is asked for that it comes out of the supplier's own works."""
    made = words(tuple(table("names")["sisters"]["works"]))
    return (
        made.search(fold(supplier)) is not None
        or phrases("certificates_flags", "own_made").search(fold(product)) is not None
    )


def _makes(scope: str) -> bool:
    """Whether a folded scope names work that makes things. A word for it right before one for goods only says which goods are meant:
    ``纺织品批发`` sells textiles.
    """
    scope = _without_traded(_AFTER_SALE.sub(" ", scope))
    return any(
        _GOODS.match(scope, match.end()) is None and _GOODS_BEFORE.search(scope, 0, match.start()) is None
        for match in _MAKING.finditer(scope)
    )


def _without_traded(scope: str) -> str:
    """A folded scope without the words for making that name what is traded in one breath with a word for trade, and make nothing:
    ``trading of printed packaging``, ``iplik alım satımı``, ``จำหน่ายอาหารแช่แข็ง``. Written as one with it, they are work: ``铸造销售``.
    """
    told = [scope] if _TRADING.search(scope) is None else _PIECES.split(scope)
    for at, piece in enumerate(told):
        trades = [match.span() for match in _TRADING.finditer(piece)]
        if trades:
            told[at] = _MADE_GOODS.sub(
                lambda made, ends={end for span in trades for end in span}: (
                    made[0] if {made.start(), made.end()} & ends else " "
                ),
                piece,
            )
    return "; ".join(told)


_MADE_GOODS = phrases("certificates_flags", "made_goods")
_PIECES = re.compile(
    r"[,;/、，；。|&+()（）]|\.\s| (?:and|or|và|hoặc|dan|serta|atau|ve|veya) |และ|หรือ|和|与|與|及|및|と"
)
"""What parts one work of a scope from the next."""


def _produces(bundle: Bundle) -> bool:
    """Whether papers show production: records of it, readings, or its steps in two papers on its own people, cases and areas."""
    made = any(
        document.kind == "traceability_record"
        or any(fact.kind == "readings" for fact in document.facts)
        or (document.kind not in ("procedure", "manual", "blank_form") and _MAKING_LOG.search(title_of(document)))
        for document in bundle.read
    )
    own = [document for document in bundle.read if document.kind in _OWN_WORK] if not made else []
    stepped = sum(any(_STEPS.search(fold(passage.text)) for passage in document.passages) for document in own)
    return made or stepped >= LEAST_STEPPED


_OWN_WORK = ("corrective_action_record", "internal_audit_record", "training_record")
_STEPS, _CARRIED, _MAKING_LOG = (phrases("scopes", name) for name in ("steps", "carried", "production_log"))

LEAST_STEPPED = 2
"""Papers that name steps of production from which there is one."""
