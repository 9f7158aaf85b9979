"""Named points at which a test may let the process die, as a power cut would.

`CRASH_POINT=job.after_lease` kills this process the first time it passes that point. Nothing sets it outside of tests.
"""

import os
import signal


def crash_point(point: str) -> None:
    """Die here, without a word, when the environment asks for it."""
    if os.environ.get("CRASH_POINT") == point:
        os.kill(os.getpid(), signal.SIGKILL)
