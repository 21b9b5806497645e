"""Speed and memory of reading, beside the bare encoder on the same text in the same run, and start-up times.

    python benchmarks/speed.py ARTICLES.jsonl [--articles 60] [--rounds 3]

Prints words per second of wall time and of processor time, and peak memory, for
- the bare encoder: its ONNX session alone, word pieces in, word states out, one core, the windows that reading makes;
- reading (`read_many`: ingest, language, all rooms) on one core, and with two processes on two;
and the ratio of reading to the encoder on one core. Each measurement runs in a process of its own, pinned to its cores;
rounds alternate, and the best of each counts, since whatever else the machine does can only slow a round down. The
clock runs from the first article's end to the last one's, so that loading is not counted; it is measured by itself.
"""

import argparse
import contextlib
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

TARGET, AIM = 0.5, 0.75
PARTS = {"encoder": 1, "reading, 1 core": 1, "reading, 2 cores": 2}
ARTICLE = 'OSLO - The minister met rescue workers on Tuesday.\n\n"We will rebuild," she said in a statement.\n'


def main() -> int:
    """Measure, print, and return the exit status: 1 where reading is slower than the target share of the encoder."""
    options = _options()
    if options.part:
        print(json.dumps(measure(options.part, options.source, options.articles)))
        return 0
    best = {}
    for _ in range(options.rounds):
        for part in PARTS:
            figures = _in_own_process(part, options)
            if part not in best or figures["words_per_second"] > best[part]["words_per_second"]:
                best[part] = figures
    console = Console()
    console.print(_table(best))
    encoder, reading = best["encoder"], best["reading, 1 core"]
    ratio = reading["words_per_cpu_second"] / encoder["words_per_cpu_second"]
    wall = reading["words_per_second"] / encoder["words_per_second"]
    console.print(f"reading / encoder on one core: {ratio:.2f} by processor time, {wall:.2f} by the clock")
    console.print(f"target {TARGET}, aim {AIM}")
    for name, seconds in start_up().items():
        console.print(f"{name}: {seconds:.2f} s")
    return int(ratio < TARGET)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="articles, one JSON object a line")
    parser.add_argument("--articles", type=int, default=60, help="how many of them to read")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    return parser.parse_args()


def _in_own_process(part: str, options: argparse.Namespace) -> dict[str, float]:
    command = [sys.executable, __file__, str(options.source), "--articles", str(options.articles), "--part", part]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure(part: str, source: Path, articles: int) -> dict[str, float]:
    """One measurement, in this process.

    Args:
        part: a key of `PARTS`.
        source: articles, one JSON object a line.
        articles: how many of them to read.

    Returns:
        Words per second of wall time and of this process's processor time, and peak memory in MB (workers too).
    """
    cores = PARTS[part]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    lines = source.read_text(encoding="utf-8").splitlines()[:articles]
    steps = _encoder_steps(lines) if part == "encoder" else _reading_steps(lines, cores)
    next(steps)  # the first step warms up: files are loaded, caches filled
    wall, cpu = time.perf_counter(), time.process_time()
    words = sum(steps)
    return {
        "words_per_second": words / (time.perf_counter() - wall),
        "words_per_cpu_second": words / (time.process_time() - cpu),
        "peak_mb": _peak_mb(),
    }


class _Recorder:
    """Stands before the encoder's session and keeps what goes in."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.feeds: list[dict[str, Any]] = []

    def run(self, outputs: list[str], feed: dict[str, Any]) -> Any:
        self.feeds.append(feed)
        return self.session.run(outputs, feed)


def _encoder_steps(lines: list[str]) -> Iterator[int]:
    """Run the session on what reading gives it, recorded beforehand; yields the words of each article."""
    from readout.language import load

    nlp = load(rooms=False)
    encoder = nlp.get_pipe("readout_encoder").encoder
    session, steps = encoder.session, []
    for line in lines:
        text = json.loads(line)["text"]
        encoder.session = _Recorder(session)
        nlp(text)
        steps.append((len(text.split()), encoder.session.feeds))
    for words, feeds in steps:
        for feed in feeds:
            session.run(["states"], feed)
        yield words


def _reading_steps(lines: list[str], processes: int) -> Iterator[int]:
    """Read the articles; yields the words of each as its readout comes."""
    from readout import read_many
    from readout.reading import Failure

    with TemporaryDirectory() as folder:
        batch = Path(folder, "articles.jsonl")
        batch.write_text("\n".join(lines), encoding="utf-8")
        for outcome in read_many([batch], processes=processes):
            if isinstance(outcome, Failure):
                raise outcome.error
            _watch_workers()
            yield len(outcome.article.text.split())


_worker_peaks: dict[int, float] = {}


def _watch_workers() -> None:
    """Note each worker's peak memory while it lives (Linux)."""
    for worker in multiprocessing.active_children():
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{worker.pid}/status").read_text(encoding="utf-8")
            _worker_peaks[worker.pid or 0] = float(status.split("VmHWM:")[1].split()[0])


def _peak_mb() -> float:
    """This process's peak and its workers' together; Linux counts in KiB."""
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + sum(_worker_peaks.values())) / 1024


def start_up(rounds: int = 5) -> dict[str, float]:
    """Seconds until a command is done, best of some rounds: Python alone, `--help`, reading one short article."""
    with TemporaryDirectory() as folder:
        article = Path(folder, "article.txt")
        article.write_text(ARTICLE, encoding="utf-8")
        call = "from readout.cli import main; main({})"
        commands = {
            "python -c pass": "pass",
            "readout --help": call.format(["--help"]),
            "readout read ARTICLE": call.format(["read", str(article), "--json"]),
        }
        return {name: min(_seconds(code) for _ in range(rounds)) for name, code in commands.items()}


def _seconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    return time.perf_counter() - start


def _table(best: dict[str, dict[str, float]]) -> Table:
    table = Table("", box=None)
    for column in ("words/s", "words/cpu-s", "peak MB"):
        table.add_column(column, justify="right")
    for part, figures in best.items():
        cpu = f"{figures['words_per_cpu_second']:,.0f}" if PARTS[part] == 1 else "-"
        table.add_row(part, f"{figures['words_per_second']:,.0f}", cpu, f"{figures['peak_mb']:,.0f}")
    return table


if __name__ == "__main__":
    sys.exit(main())
