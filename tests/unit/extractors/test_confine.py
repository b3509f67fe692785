"""The seccomp program is run through a small interpreter: a wrong jump would stop every reader on other machines."""

import pytest

from extractors.confine import _AUDIT_ARCH, _DENIED, call_filter

ALLOWED = {"x86_64": (0, 1, 9, 56, 231, 257, 435), "aarch64": (56, 63, 64, 93, 220, 222, 435)}


def run(program, arch, number):
    accumulator = at = 0
    while True:
        code, jump_true, jump_false, operand = program[at]
        at += 1
        if code == 0x20:
            accumulator = {0: number, 4: arch}[operand]
        elif code == 0x15:
            at += jump_true if accumulator == operand else jump_false
        elif code == 0x35:
            at += jump_true if accumulator >= operand else jump_false
        elif code == 0x06:
            return operand


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_denied_calls_fail_and_all_others_pass(machine):
    program, arch = call_filter(machine), _AUDIT_ARCH[machine]
    assert {run(program, arch, number) for number in _DENIED[machine]} == {0x00050001}
    assert {run(program, arch, number) for number in ALLOWED[machine]} == {0x7FFF0000}


def test_another_architecture_ends_the_process():
    assert run(call_filter("x86_64"), 0x40000003, 1) == 0x80000000


def test_an_unknown_machine_has_no_filter():
    assert call_filter("riscv64") == ()
