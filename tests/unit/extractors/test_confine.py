"""The seccomp program is run through a small interpreter: a wrong jump would stop every reader on other machines."""

import pytest

from extractors.confine import _AUDIT_ARCH, _CLONE, _DENIED, _TGKILL, call_filter

ALLOWED = {"x86_64": (0, 1, 9, 231, 257), "aarch64": (56, 63, 64, 93, 222)}
THREAD = 0x3D0F00  # the flags with which the C library makes a thread
PROCESS = 0x01200011  # and a process


def run(program, arch, number, first=0):
    accumulator = at = 0
    while True:
        code, jump_true, jump_false, operand = program[at]
        at += 1
        if code == 0x20:
            accumulator = {0: number, 4: arch, 16: first}[operand]
        elif code == 0x15:
            at += jump_true if accumulator == operand else jump_false
        elif code == 0x35:
            at += jump_true if accumulator >= operand else jump_false
        elif code == 0x45:
            at += jump_true if accumulator & operand else jump_false
        elif code == 0x06:
            return operand


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_denied_calls_fail_and_all_others_pass(machine):
    program, arch = call_filter(machine, 77), _AUDIT_ARCH[machine]
    assert {run(program, arch, number) for number in _DENIED[machine]} == {0x00050001}
    assert {run(program, arch, number) for number in ALLOWED[machine]} == {0x7FFF0000}


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_threads_can_be_made_and_processes_cannot(machine):
    program, arch = call_filter(machine, 77), _AUDIT_ARCH[machine]
    assert run(program, arch, _CLONE[machine], THREAD) == 0x7FFF0000
    assert run(program, arch, _CLONE[machine], PROCESS) == 0x00050001
    assert run(program, arch, 435) == 0x00050000 | 38


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_process_can_signal_itself_alone(machine):
    program, arch = call_filter(machine, 77), _AUDIT_ARCH[machine]
    assert run(program, arch, _TGKILL[machine], 77) == 0x7FFF0000
    assert run(program, arch, _TGKILL[machine], 78) == 0x00050001


def test_another_architecture_ends_the_process():
    assert run(call_filter("x86_64", 77), 0x40000003, 1) == 0x80000000


def test_an_unknown_machine_has_no_filter():
    assert call_filter("riscv64", 77) == ()
