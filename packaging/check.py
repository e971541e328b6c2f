"""Everything the tests check, quick to slow: `python3 launch.py test` runs this in .venv.

Without arguments: format, lint, types, import contracts, tests; all of them, whatever fails.
With arguments: the tests alone, and the arguments go to pytest.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
STAGES = {
    "format": ["-m", "ruff", "format", "--check", "--quiet", "--diff", "."],
    "lint": ["-m", "ruff", "check", "--quiet", "."],
    "types": ["-m", "mypy", "--no-error-summary"],
    "imports": ["-c", LINT_IMPORTS],
}

TOGETHER = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"]
"""How the whole run uses the processor: a process for each core, tests dealt out."""


def quiet_stage(name: str, arguments: list[str]) -> bool:
    """Run one tool; its words are shown only when it objects."""
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    fine = done.returncode == 0
    headline(name, fine=fine, seconds=time.monotonic() - started)
    if not fine:
        print(done.stdout.rstrip(), flush=True)
    return fine


def tests(arguments: list[str]) -> int:
    """Run pytest, live; return its exit status."""
    started = time.monotonic()
    status = subprocess.run([sys.executable, "-m", "pytest", *arguments], check=False).returncode
    headline("tests", fine=status == 0, seconds=time.monotonic() - started)
    return status


def headline(name: str, *, fine: bool, seconds: float) -> None:
    """Print one line on one stage."""
    print(f"== {name:<8}{'ok' if fine else 'FAILED':<8}{seconds:6.1f} s", flush=True)


def main(arguments: list[str]) -> int:
    """Run the stages; 0 when all are fine."""
    os.chdir(ROOT)
    if arguments:
        return tests(arguments)
    failed = [name for name, tool in STAGES.items() if not quiet_stage(name, tool)]
    if tests(["-q", *TOGETHER]) != 0:
        failed.append("tests")
    print(f"== failed: {', '.join(failed)}" if failed else "== all is well", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
