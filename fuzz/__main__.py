"""python -m fuzz TARGET|all [--seconds N]: fuzzes, prints runs, coverage and findings; see README.md beside this file.

Exit codes: 0 nothing found, 1 something was, 2 wrong usage or the fuzzer cannot run.
"""

import argparse
import sys
import traceback
from pathlib import Path

from fuzz.campaign import FINDINGS, Report, run
from fuzz.oracle import check
from fuzz.targets import TARGETS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description="Fuzz the readers.")
    parser.add_argument("target", choices=[*TARGETS, "all"])
    parser.add_argument("--seconds", type=float, default=60, help="for each target (60)")
    parser.add_argument("--timeout", type=int, default=10, help="seconds that one input may take (10)")
    parser.add_argument("--memory", type=int, default=1024, help="megabytes that the fuzzer may take (1024)")
    parser.add_argument("--replay", type=Path, help="only try this input: the file 'fuzzed' of a finding")
    asked = parser.parse_args()
    if asked.replay:
        return _replay(asked.target, asked.replay)
    print(f"{'target':<16}{'seconds':>8}{'runs':>10}{'branches':>10}{'found':>7}", flush=True)
    reports = []
    for name in TARGETS if asked.target == "all" else [asked.target]:
        report = run(name, asked.seconds, timeout=asked.timeout, megabytes=asked.memory)
        reports.append(report)
        print(
            f"{report.target:<16}{report.seconds:>8.0f}{report.runs:>10,}{report.covered:>10,}"
            f"{len(report.findings):>7}",
            flush=True,
        )
        _tell(report)
    if len(reports) > 1:
        runs, found = sum(one.runs for one in reports), sum(len(one.findings) for one in reports)
        print(f"{'all':<16}{sum(one.seconds for one in reports):>8.0f}{runs:>10,}{'':>10}{found:>7}")
    if any(report.trouble for report in reports):
        return 2
    return 1 if any(report.findings for report in reports) else 0


def _tell(report: Report) -> None:
    for found, folder in report.findings.items():
        print(f"    {found}\n        {folder.relative_to(FINDINGS.parents[1])}", flush=True)
    if report.trouble:
        print(f"    the fuzzer stopped:\n{report.trouble}", file=sys.stderr, flush=True)


def _replay(name: str, path: Path) -> int:
    try:
        check(name, path.read_bytes())
    except Exception:  # the finding, of whatever kind, is what was asked for
        traceback.print_exc()
        return 1
    print("nothing is wrong with it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
