"""A campaign against one target: libFuzzer again and again until the time is over, each new finding made small and
written into a folder."""

import json
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from fuzz.findings import OUT_OF_MEMORY, OUT_OF_TIME, minimised, outcome
from fuzz.targets import MOST_BYTES, TARGETS, contexts, seeds

__all__ = ["FINDINGS", "Report", "run"]

FINDINGS = Path(__file__).parent / "findings"

_ROOT = Path(__file__).parents[1]
_CORPUS = Path(__file__).parent / "corpus"
_DICTIONARIES = Path(__file__).parent / "dictionaries"
_SHORTEST = 5.0
_MINIMISING = 40.0
_RUNS = re.compile(r"^stat::number_of_executed_units:\s*(\d+)|^#(\d+)\s", re.MULTILINE)
_COVERED = re.compile(r"\bcov: (\d+)")


@dataclass(slots=True)
class Report:
    """How many inputs were tried, how many branches of the readers they reached, and by signature what was found."""

    target: str
    runs: int = 0
    covered: int = 0
    seconds: float = 0.0
    findings: dict[str, Path] = field(default_factory=dict)
    trouble: str | None = None


def run(name: str, seconds: float, *, timeout: int, megabytes: int) -> Report:
    """Fuzzes for so many seconds; an input may take `timeout` seconds and `megabytes` of memory."""
    report, begun = Report(name), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        campaign = _Campaign(report, Path(folder), timeout, megabytes)
        while (left := seconds - (time.monotonic() - begun)) > _SHORTEST and campaign.goes_on(left):
            pass
    report.seconds = time.monotonic() - begun
    return report


class _Campaign:
    def __init__(self, report: Report, folder: Path, timeout: int, megabytes: int) -> None:
        self._report = report
        self._timeout = timeout
        self._megabytes = megabytes
        self._known = folder / "known"
        self._known.touch()
        self._seeds = folder / "seeds"
        self._seeds.mkdir()
        self._artifacts = folder / "artifacts"
        self._artifacts.mkdir()
        self._corpus = _CORPUS / report.target
        self._corpus.mkdir(parents=True, exist_ok=True)
        for seed in seeds(report.target):
            (self._seeds / sha256(seed).hexdigest()[:16]).write_bytes(seed)

    def goes_on(self, seconds: float) -> bool:
        """One run of libFuzzer; False when it ended without a finding, that is, its time is over or it cannot run."""
        done = subprocess.run(
            [sys.executable, "-m", "fuzz.child", self._report.target, str(self._known), *self._options(seconds)],
            cwd=_ROOT,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        numbers = [int(first or second) for first, second in _RUNS.findall(done.stderr)]
        self._report.runs += max(numbers, default=0)
        self._report.covered = max([self._report.covered, *map(int, _COVERED.findall(done.stderr))])
        artifacts = [path for path in sorted(self._artifacts.iterdir()) if not path.name.startswith("slow-unit")]
        for path in artifacts:
            self._record(path)
            path.unlink()
        if not artifacts and done.returncode:
            self._report.trouble = "\n".join(done.stderr.strip().splitlines()[-5:])
        return bool(artifacts)

    def _options(self, seconds: float) -> list[str]:
        return [
            f"-max_total_time={int(seconds)}",
            f"-timeout={self._timeout}",
            f"-rss_limit_mb={self._megabytes}",
            f"-max_len={MOST_BYTES}",
            f"-dict={_DICTIONARIES / TARGETS[self._report.target].dictionary}.dict",
            f"-artifact_prefix={self._artifacts}/",
            "-print_final_stats=1",
            "-reload=0",
            str(self._corpus),
            str(self._seeds),
        ]

    def _record(self, artifact: Path) -> None:
        """Tries the input again without the fuzzer, whose own cost is no finding; makes it small and writes it down."""
        name, data = self._report.target, artifact.read_bytes()
        found = outcome(name, data, seconds=self._timeout, megabytes=2 * self._megabytes)
        if found is None and artifact.name.startswith("oom"):
            found = OUT_OF_MEMORY
        if found is None or found in self._report.findings:
            return
        if found != OUT_OF_MEMORY:
            data = minimised(
                name, data, found, budget=_MINIMISING, seconds=self._timeout, megabytes=2 * self._megabytes
            )
        self._report.findings[found] = _written(name, data, found)
        if found not in (OUT_OF_TIME, OUT_OF_MEMORY):
            with self._known.open("a", encoding="utf-8") as known:
                known.write(found + "\n")


def _written(name: str, data: bytes, found: str) -> Path:
    """The folder of a finding: the input as its reader gets it, the context, the input as the fuzzer has it, why."""
    slug = re.sub(r"\W+", "-", found).strip("-").lower()[:80]
    folder = FINDINGS / name / slug
    folder.mkdir(parents=True, exist_ok=True)
    known = contexts(name)
    values = known[data[0] % len(known)] if data else {}
    ending = next(iter(TARGETS[name].endings), "txt")
    (folder / f"input.{ending}").write_bytes(data[1:])
    (folder / "context.json").write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / "fuzzed").write_bytes(data)
    (folder / "why.txt").write_text(found + "\n", encoding="utf-8")
    return folder
