"""Notes under a signed inspection: an order, a drawing or a setting changed later is no result changed after the signature."""

import pytest

from tests.unit.evidence.builders import flags, report

INSPECTION = """
# 检验记录 批号 B2605-1

| 序号 | 项目 | 要求 | 1 | 2 | 3 |
| 1 | 长度 | 120.0 ±0.3 | 119.9 | 120.2 | 120.1 |
| 2 | 孔径 | 8.0 ±0.15 | 8.02 | 8.04 | 8.01 |

检验员: 王丽 2026-05-12 审核: 陈强 2026-05-12

{note}
"""


@pytest.mark.parametrize(
    ("note", "accused"),
    [
        ("2026-05-20 客户图纸更改，长度由119.5改为120.2。", False),
        ("2026-05-20 刀补由0.12改为0.15，继续加工。", False),
        ("2026-05-20 发货数量由1190改为1200件。", False),
        ("20.05.2026 delik 8.01 yeniden raybalandı, 8.04 olarak tekrar ölçüldü.", False),
        ("20 May 2026: drawing changed, length from 119.5 to 120.2.", False),
        ("2026-05-20 长度由119.5改为120.2。", True),
        ("20.05.2026: uzunluk 119.5 yerine 120.2 olarak düzeltildi.", True),
    ],
)
def test_only_a_result_changed_later_is_told(note, accused):
    paper = report("检验记录.pdf", INSPECTION.format(note=note), kind="traceability_record", criteria=("traceability",))
    assert ("changed_after_signature" in flags(paper)) is accused
