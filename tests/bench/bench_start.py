"""How long the program takes from the shell: `python -m tests.bench.bench_start [--times N]`.

The wall time of a new process, as somebody at a prompt waits for it; files are read once before they are timed.
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMANDS = (("--help",), ("ask", "what did Stoltenberg say about strikes in Russia"), ("quotes", "--format", "jsonl"))


def seconds(arguments: tuple[str, ...]) -> float:
    """Return how long one run takes."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bot", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the start of the program.")
    parser.add_argument("--times", type=int, default=10)
    times = parser.parse_args().times
    for arguments in COMMANDS:
        seconds(arguments)
        took = [seconds(arguments) for _ in range(times)]
        print(f"{arguments[0]:8} median {statistics.median(took):.2f} s  (of {times}; {min(took):.2f}–{max(took):.2f})")


if __name__ == "__main__":
    main()
