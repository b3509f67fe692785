"""Whether a process still has room, asked when something failed: libraries that are refused memory say so in many ways.

Python raises MemoryError; a module that cannot be mapped is an ImportError, a model that cannot be laid out a
RuntimeError of its runtime.
"""

import mmap

# What must be free for a failure not to be laid to the lack of it: the models that read scans take so much at once.
LEAST_BYTES = 192 * 1024 * 1024


def lacks_memory(problem: BaseException) -> bool:
    """Whether a failure that was caught just now may be for want of memory: what it led to is still held by its frames."""
    if isinstance(problem, MemoryError):
        return True
    try:
        mmap.mmap(-1, LEAST_BYTES).close()
    except (OSError, MemoryError):
        return True
    return False
