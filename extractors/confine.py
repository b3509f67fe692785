"""What a reading process gives up before it sees a supplier's bytes.

Each layer stands on its own; those that the kernel lacks are left out.

Sources: capabilities(7), landlock(7), seccomp(2), prctl(2), unshare(2), setrlimit(2).
"""

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from extractors.policy import ExtractionPolicy

PR_SET_PDEATHSIG = 1
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2
CLONE_NEWUSER = 0x10000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWNET = 0x40000000
CLONE_NEWNS = 0x00020000
_MS_BIND, _MS_REC, _MS_PRIVATE = 0x1000, 0x4000, 0x40000
_TEMPORARY = "/tmp"
_CAPABILITY_VERSION_3 = 0x20080522

# Landlock's calls have the same number on every architecture (asm-generic/unistd.h).
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_FS_EXECUTE, _FS_READ_FILE, _FS_READ_DIR = 1 << 0, 1 << 2, 1 << 3
# Rights known to each version of Landlock: 13 at first, then REFER, TRUNCATE and IOCTL_DEV.
_FS_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_FS_FILE_RIGHTS = _FS_EXECUTE | 1 << 1 | _FS_READ_FILE | 1 << 14 | 1 << 15
_FS_MAKE_SOCK = 1 << 9
_NET_TCP = 0b11
_SCOPES = 0b11

# What libraries read besides their own files: time zone, fonts, the loader's list, processor counts, randomness.
_SYSTEM_PATHS = (
    "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/mime.types",
    "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu", "/dev/zero", "/dev/urandom",
)  # fmt: skip

# Calls no reader makes: network, other programs, other processes, kernel doors.
_DENIED = {
    "x86_64": (
        41, 42, 43, 49, 50, 288,  # socket connect accept bind listen accept4
        59, 322, 57, 58, 62, 101, 310, 311, 434, 438,  # execve execveat fork vfork kill ptrace process_vm_* pidfd_*
        165, 166, 155, 161, 308, 272, 303, 304,  # mount umount2 pivot_root chroot setns unshare *_handle_at
        321, 298, 248, 249, 250, 323, 425, 426, 427,  # bpf perf_event_open keys userfaultfd io_uring
        175, 313, 176, 246, 320, 169, 167,  # modules kexec reboot swapon
        90, 91, 268, 452, 92, 93, 94, 260,  # chmod chown and their kin: Landlock does not see them
        188, 189, 190, 197, 198, 199, 132, 235, 261, 280,  # extended attributes, times of files
        200, 129, 297, 135, 141, 203,  # tkill rt_*sigqueueinfo personality setpriority sched_setaffinity
        86, 265, 88, 266, 133, 259,  # hard and symbolic links, device nodes
    ),
    "aarch64": (
        198, 203, 202, 200, 201, 242,
        221, 281, 129, 117, 270, 271, 434, 438,
        40, 39, 41, 51, 268, 97, 264, 265,
        280, 241, 217, 218, 219, 282, 425, 426, 427,
        105, 273, 106, 104, 294, 142, 224,
        52, 53, 452, 54, 55,
        5, 6, 7, 14, 15, 16, 88,
        130, 138, 240, 92, 140, 122,
        37, 36, 33,
    ),
}  # fmt: skip
# What a helper program needs of them: starting programs, ending them, sockets of its own, rights on its own files.
_PROGRAM_CALLS = {
    "x86_64": {
        41,
        49,
        50,
        43,
        288,
        59,
        57,
        58,
        62,
        90,
        91,
        268,
        452,
        132,
        235,
        261,
        280,
        200,
        141,
        203,
        86,
        265,
        88,
        266,
    },
    "aarch64": {198, 200, 201, 202, 242, 221, 129, 52, 53, 452, 88, 130, 140, 122, 37, 36},
}
# Where office programs look for their settings and fonts.
_PROGRAM_PATHS = ("/etc/libreoffice", "/etc/passwd", "/etc/nsswitch.conf", "/var/cache/fontconfig", "/opt")
# A thread is made by clone with this flag; without it, a process would be made. clone3 hides its flags in memory, where
# the filter cannot look: it is said not to be there, and the C library goes back to clone.
_CLONE = {"x86_64": 56, "aarch64": 220}
# By this call a process ends itself with a signal; nobody else's process is to be signalled.
_TGKILL = {"x86_64": 234, "aarch64": 131}
_CLONE3 = 435
_CLONE_THREAD = 0x00010000
_ENOSYS = 38
_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32_BIT = 0x40000000
_EPERM = 1
_RET_KILL, _RET_ERRNO, _RET_ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06

Instruction = tuple[int, int, int, int]


def confine(policy: ExtractionPolicy, readable: Iterable[Path], writable: Path, parent: int) -> list[str]:
    """Give up rights for good and return the names of the layers that hold.

    ``readable`` files and folders can be read, ``writable`` also written; nothing else of the file system is reachable
    where Landlock is there. ``parent`` is the process that this one must not outlive.
    """
    layers = ["resource limits"]
    _limit_resources(policy, policy.memory_bytes)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0:
        layers.append("dies with its parent")
    if os.getppid() != parent:
        os._exit(0)
    if _leave_network(libc):
        layers.append("no network (own namespace)")
    if _drop_capabilities(libc):
        layers.append("no capabilities")
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        layers.append("no new privileges")
    version = _restrict_files(libc, readable, writable)
    if version:
        layers.append(f"files by Landlock (version {version})")
    if _filter_calls(libc, call_filter(platform.machine(), os.getpid())):
        layers.append("system calls by seccomp")
    return layers


def confine_program(policy: ExtractionPolicy, readable: Iterable[Path], writable: Path, parent: int) -> None:
    """The same for a helper program that this process is going to become: it may start the programs of the system and
    those below ``readable``, and talk to itself through sockets of its own folder."""
    _limit_resources(policy, policy.convert_memory_bytes)
    seconds = int(policy.convert_seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(0)
    _leave_network(libc)
    own = _own_temporary(libc, writable)
    _drop_capabilities(libc)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    temporary = {} if own else {_TEMPORARY: _FS_MAKE_SOCK}
    _restrict_files(libc, (*readable, *map(Path, _PROGRAM_PATHS)), writable, _FS_EXECUTE, temporary)
    _filter_calls(libc, program_filter(platform.machine()))


def _own_temporary(libc: ctypes.CDLL, folder: Path) -> bool:
    """Make ``folder`` the system's temporary folder too, for this process alone: LibreOffice puts a socket there whatever
    it is told. False where the kernel does not let us; then nothing but sockets can be made there."""
    if libc.unshare(CLONE_NEWNS) != 0 and libc.unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0:
        return False
    if libc.mount(b"none", b"/", None, ctypes.c_ulong(_MS_REC | _MS_PRIVATE), None) != 0:
        return False
    # Twice: the folder lies below the one that it hides.
    own = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    source = f"/proc/self/fd/{own}".encode()
    done = libc.mount(source, _TEMPORARY.encode(), None, ctypes.c_ulong(_MS_BIND | _MS_REC), None) == 0
    if done and str(folder).startswith(f"{_TEMPORARY}/"):
        os.makedirs(folder, exist_ok=True)
        done = libc.mount(source, str(folder).encode(), None, ctypes.c_ulong(_MS_BIND | _MS_REC), None) == 0
    os.close(own)
    return done


def _leave_network(libc: ctypes.CDLL) -> bool:
    return any(libc.unshare(flags) == 0 for flags in (CLONE_NEWNET | CLONE_NEWIPC, CLONE_NEWUSER | CLONE_NEWNET))


def _limit_resources(policy: ExtractionPolicy, memory_bytes: int) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, policy.written_bytes),
        (resource.RLIMIT_NOFILE, policy.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (wanted, wanted))


def allow_processor_seconds(seconds: float) -> None:
    """Allow so much more processor time from now; the kernel ends the process when it is used up."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _drop_capabilities(libc: ctypes.CDLL) -> bool:
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    return bool(libc.capset(header, (ctypes.c_uint32 * 6)()) == 0)


def _restrict_files(
    libc: ctypes.CDLL, readable: Iterable[Path], writable: Path, more: int = 0, others: Mapping[str, int] | None = None
) -> int:
    """Read only below ``readable``, write only below ``writable``, run nothing without the right among ``more``; 0 where
    the kernel has no Landlock."""
    version = libc.syscall(_LANDLOCK_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    if version < 1:
        return 0
    rights = _FS_RIGHTS.get(version, _FS_RIGHTS[5])
    attributes = struct.pack("=QQQ", rights, _NET_TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = libc.syscall(_LANDLOCK_CREATE, attributes, ctypes.c_size_t(size), ctypes.c_uint32(0))
    if ruleset < 0:
        return 0
    reading = _FS_READ_FILE | _FS_READ_DIR | more
    for path in (*_SYSTEM_PATHS, *sys.path, sys.prefix, sys.base_prefix, *map(str, readable)):
        if path:
            _allow(libc, ruleset, path, reading)
    _allow(libc, ruleset, str(writable), rights & ~_FS_EXECUTE)
    for path, right in (others or {}).items():
        _allow(libc, ruleset, path, right)
    # Tesseract writes its debug output there and falls over where it cannot.
    _allow(libc, ruleset, os.devnull, rights & _FS_FILE_RIGHTS & ~_FS_EXECUTE)
    done = libc.syscall(_LANDLOCK_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0)) == 0
    os.close(ruleset)
    return version if done else 0


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        if not os.path.isdir(path):
            rights &= _FS_FILE_RIGHTS
        rule = struct.pack("=Qi", rights, descriptor)
        libc.syscall(_LANDLOCK_ADD, ctypes.c_int(ruleset), ctypes.c_int(1), rule, ctypes.c_uint32(0))
        os.close(descriptor)


def call_filter(machine: str, pid: int) -> tuple[Instruction, ...]:
    """The seccomp program for an architecture: other architectures end the process, denied calls fail with EPERM,
    threads can be made and processes cannot, signals reach only the process ``pid``.

    Empty where the architecture is not known. An instruction is (code, jump if true, jump if false, operand).
    """
    if machine not in _DENIED:
        return ()
    program = _head(machine)
    for number in _DENIED[machine]:
        program += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, _RET_ERRNO | _EPERM)]
    program += [
        (_JUMP_EQUAL, 0, 1, _CLONE3),
        (_RETURN, 0, 0, _RET_ERRNO | _ENOSYS),
        (_JUMP_EQUAL, 0, 4, _TGKILL[machine]),
        (_LOAD, 0, 0, 16),
        (_JUMP_EQUAL, 0, 1, pid),
        (_RETURN, 0, 0, _RET_ALLOW),
        (_RETURN, 0, 0, _RET_ERRNO | _EPERM),
        (_JUMP_EQUAL, 0, 3, _CLONE[machine]),
        (_LOAD, 0, 0, 16),  # seccomp_data.args[0], lower half: the flags
        (_JUMP_SET, 1, 0, _CLONE_THREAD),
        (_RETURN, 0, 0, _RET_ERRNO | _EPERM),
    ]
    return (*program, (_RETURN, 0, 0, _RET_ALLOW))


def program_filter(machine: str) -> tuple[Instruction, ...]:
    """The seccomp program for a helper: as ``call_filter``, but it may start programs and open sockets that lead nowhere
    (connecting stays denied). Empty where the architecture is not known."""
    if machine not in _DENIED:
        return ()
    program = [*_head(machine)]
    for number in _DENIED[machine]:
        if number not in _PROGRAM_CALLS[machine]:
            program += [(_JUMP_EQUAL, 0, 1, number), (_RETURN, 0, 0, _RET_ERRNO | _EPERM)]
    return (*program, (_RETURN, 0, 0, _RET_ALLOW))


def _head(machine: str) -> list[Instruction]:
    return [
        (_LOAD, 0, 0, 4),  # seccomp_data.arch
        (_JUMP_EQUAL, 1, 0, _AUDIT_ARCH[machine]),
        (_RETURN, 0, 0, _RET_KILL),
        (_LOAD, 0, 0, 0),  # seccomp_data.nr
        (_JUMP_AT_LEAST, 0, 1, _X32_BIT),
        (_RETURN, 0, 0, _RET_ERRNO | _EPERM),
    ]


def _filter_calls(libc: ctypes.CDLL, program: tuple[Instruction, ...]) -> bool:
    if not program:
        return False
    packed = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in program))
    # struct sock_fprog: a length and a pointer, padded as the machine pads it.
    head = struct.pack("@HP", len(program), ctypes.addressof(packed))
    return bool(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, head, 0, 0) == 0)
