"""What every comparison of this folder needs: commands run and measured, and a table of ratios."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass
class Cost:
    """What a whole process took."""

    wall: float  # seconds from start to end
    cpu: float  # seconds of all its threads, user and system
    peak: float  # MB of memory at most


def run(command, repeats=1, env=None):
    """Runs a command to its end, `repeats` times; the median by wall time. It must succeed."""
    costs = []
    for _ in range(repeats):
        # What was written before is not to be written while this is timed.
        os.sync()
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, **(env or {})},
        )
        message = process.stderr.read().decode(errors="replace")
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        if status != 0:
            sys.exit(f"{' '.join(map(str, command))}: must succeed, got status {status}\n{message}")
        costs.append(Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    return sorted(costs, key=lambda cost: cost.wall)[len(costs) // 2]


class Comparison:
    """Rows of a table: the same work by newsbeat and by a peer, and checks that it was the same."""

    def __init__(self, peer):
        self.peer = peer
        self.rows = []
        self.checks = []

    def add(self, work, ours, theirs, bar=None):
        """`ours` and `theirs` are costs; `bar` is the ratio of wall times that is asked for."""
        self.rows.append((work, ours, theirs, bar))

    def check(self, what, ours, theirs, tolerance=0):
        """Both sides must give the same number, but for `tolerance`."""
        self.checks.append((what, ours, theirs, abs(ours - theirs) <= tolerance))

    def show(self):
        """Prints everything; ends the program with status 1 if a check or a bar is missed."""
        header = f"{'work':44} {'newsbeat':>10} {self.peer:>14} {'times':>7} {'bar':>5} {'CPU':>7} {'MB':>14}"
        print(header, "-" * len(header), sep="\n")
        missed = False
        for work, ours, theirs, bar in self.rows:
            ratio = theirs.wall / ours.wall
            missed |= bar is not None and ratio < bar
            print(
                f"{work:44} {ours.wall:9.3f}s {theirs.wall:13.3f}s {ratio:7.1f} {bar or '':>5} "
                f"{theirs.cpu / ours.cpu:7.1f} {ours.peak:6.0f} {theirs.peak:7.0f}"
            )
        print(f"\n{'check':58} {'newsbeat':>12} {self.peer:>14}")
        for what, ours, theirs, holds in self.checks:
            missed |= not holds
            number = "12.4f" if isinstance(ours, float) else "12,d"
            print(f"{what:58} {ours:{number}} {theirs:>14{number[2:]}} {'same' if holds else 'DIFFERENT'}")
        if missed:
            sys.exit(1)
