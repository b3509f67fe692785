"""Formulas of Office files on one line."""

import pytest
from lxml import etree

from extractors.formulas import MOST_WITHIN, formula

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def shown(inside):
    return formula(etree.fromstring(f'<m:oMath xmlns:m="{M}">{inside}</m:oMath>'))


def t(words):
    return f"<m:r><m:t>{words}</m:t></m:r>"


@pytest.mark.parametrize(
    ("inside", "wanted"),
    [
        (f"<m:f><m:fPr/><m:num>{t('1')}</m:num><m:den>{t('2')}</m:den></m:f>", "1/2"),
        (t("Cpk=") + f"<m:f><m:num>{t('USL−x')}</m:num><m:den>{t('3σ')}</m:den></m:f>", "Cpk=(USL−x)/3σ"),
        (f"<m:sSup><m:e>{t('10')}</m:e><m:sup>{t('6')}</m:sup></m:sSup>", "10^6"),
        (f"<m:sSub><m:e>{t('x')}</m:e><m:sub>{t('max')}</m:sub></m:sSub>", "x_max"),
        (f"<m:rad><m:deg/><m:e>{t('n')}</m:e></m:rad>", "√n"),
        (
            f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{t("i")}</m:sub><m:sup>{t("n")}</m:sup><m:e>{t("x")}</m:e></m:nary>',
            "∑_i^n x",
        ),
        (f"<m:d><m:e>{t('a')}</m:e><m:e>{t('b')}</m:e></m:d>", "(a|b)"),
        (f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val=""/></m:dPr><m:e>{t("a")}</m:e></m:d>', "[a"),
        (f"<m:m><m:mr><m:e>{t('1')}</m:e><m:e>{t('0')}</m:e></m:mr><m:mr><m:e>{t('5')}</m:e></m:mr></m:m>", "1 0; 5"),
        (f"<m:func><m:fName>{t('log')}</m:fName><m:e>{t('x')}</m:e></m:func>", "log x"),
        (
            f"<m:sSubSup><m:e>{t('x')}</m:e><m:sub>{t('1')}</m:sub><m:sup>{t('2')}</m:sup></m:sSubSup><m:bar><m:e>{t('y')}</m:e></m:bar>",
            "x_1^2y",
        ),
    ],
)
def test_a_formula_is_read_as_it_would_be_typed(inside, wanted):
    assert shown(inside) == wanted


def test_formulas_within_formulas_have_an_end():
    assert shown("<m:e>" * (MOST_WITHIN * 2) + t("x") + "</m:e>" * (MOST_WITHIN * 2)) == ""
