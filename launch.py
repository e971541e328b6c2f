"""Start Etascope. The first time, or when the lock file has changed, set up .venv beside this file.

    python3 launch.py            the window
    python3 launch.py test       every check and test; further arguments go to pytest
    python3 launch.py ARGS       the command line, as in: generate "a red boat" --out boat.png

Only the standard library, and a syntax that Python 3.6 still parses, so that an old Python can be
told that it is too old. Set-up talks on stderr alone: stdout belongs to the program.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import List

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "packaging"), str(ROOT / "packaging" / "linux")]

import environment  # noqa: E402 - found by the line above
import qt_libraries  # noqa: E402 - the same


def main(arguments: List[str]) -> int:
    """Set up what is missing, then become the program; its exit status, or 1 or 130."""
    try:
        return start(arguments)
    except environment.SetupError as error:
        environment.say(str(error))
        return 1
    except KeyboardInterrupt:
        environment.say("Interrupted; the same command starts again.")
        return 130


def start(arguments: List[str]) -> int:
    """Do what main says, without its excuses."""
    testing = arguments[:1] == ["test"]
    locks = [environment.RUNTIME, environment.TESTING] if testing else [environment.RUNTIME]
    if not environment.ready(locks):
        use_a_fitting_python(arguments)
        with environment.only_one_at_a_time():
            # Another launch may have done it while this one waited.
            if not environment.ready(locks):
                environment.set_up(locks)
    if sys.platform == "linux" and (testing or not arguments):
        see_to_libraries(testing=testing)
    if testing:
        return run([str(ROOT / "packaging" / "check.py"), *arguments[1:]])
    return run(["-m", "gui", *arguments])


def run(arguments: List[str]) -> int:  # noqa: RET503 - execve does not return
    """Run .venv's Python in the user's own folder; on POSIX this process becomes it."""
    # -P and a PYTHONPATH of ours alone: no file in the user's folder can pass for one of ours.
    command = [environment.venv_python(), "-P", *arguments]
    variables = dict(environment.clean_environment(), PYTHONPATH=str(ROOT))
    sys.stderr.flush()
    if sys.platform == "win32":
        return wait_for(subprocess.Popen(command, env=variables))
    os.execve(command[0], command, variables)  # noqa: S606


def wait_for(process: "subprocess.Popen[bytes]") -> int:
    """Return the exit status of a program that sees to Ctrl-C itself."""
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            status = process.wait()
            return 130 if status & 0xFFFFFFFF == 0xC000013A else status


def see_to_libraries(*, testing: bool) -> None:
    """On Linux, see to the system libraries that Qt needs; without them no window can open."""
    say = environment.say
    if testing:
        for note in qt_libraries.prepare_tests(environment.VENV, say):
            say(note)
        return
    objection = qt_libraries.prepare_window(environment.VENV, dict(os.environ), say)
    if objection:
        raise environment.SetupError(objection)


def use_a_fitting_python(arguments: List[str]) -> None:
    """Return if this Python will do, else start over in one that will, else say what is needed."""
    objection = environment.objection_to(sys.version_info[:2], sys.maxsize)
    if not objection:
        return
    other = fitting_python_on_path()
    if not other:
        raise environment.SetupError(objection)
    environment.say(f"{objection} Using {other} instead.")
    command = [other, str(ROOT / "launch.py"), *arguments]
    if sys.platform == "win32":
        sys.exit(wait_for(subprocess.Popen(command)))
    os.execv(other, command)  # noqa: S606


def fitting_python_on_path() -> str:
    """Find a Python of the right version on PATH; nothing if there is none."""
    question = "import sys; print(*sys.version_info[:2], sys.maxsize)"
    for minor in (13, 12, 11, 14):
        found = shutil.which(f"python3.{minor}")
        answer = environment.output_of([found, "-c", question]).split() if found else []
        if found and len(answer) == 3:
            version, maxsize = tuple(int(word) for word in answer[:2]), int(answer[2])
            if not environment.objection_to(version, maxsize):
                return found
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
