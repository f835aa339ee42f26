"""How Python's collector runs in a process that writes briefs."""

import gc

# Allocations between two looks for circular garbage, and looks between two wider ones. A brief is a hundred thousand
# small objects that are needed to its end: Python's own 700 and 10 look through them again and again in vain.
THRESHOLDS = 20_000, 20, 20


def relax() -> None:
    """Let the collector look less often, in this process; for what starts one, never for a library."""
    gc.set_threshold(*THRESHOLDS)
