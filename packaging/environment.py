"""The Python environment in .venv: is it ready, make it, mend it, bring it up to date.

Imported by launch.py, so: the standard library only, and syntax for old Pythons.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any, Dict, Iterator, List, Tuple

OLDEST = (3, 11)
NEWEST = (3, 14)  # the last one for which torch, as locked, has builds
GIGABYTE = 10**9
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLD_VENV = ROOT / ".venv.old"
STAMP = VENV / "etascope-setup.json"
LOG = VENV / "etascope-setup.log"
RUNTIME = ROOT / "packaging" / "requirements.lock"
TESTING = ROOT / "packaging" / "requirements-test.lock"
CPU_TORCH = "https://download.pytorch.org/whl/cpu"  # PyTorch's own; spares gigabytes of CUDA


class SetupError(Exception):
    """Something only the user can mend: one sentence on what it is, and how."""


def say(sentence: str) -> None:
    """Tell the user one thing, on stderr."""
    sys.stderr.write(f"Etascope: {sentence}\n")
    sys.stderr.flush()


def objection_to(version: Tuple[int, ...], maxsize: int) -> str:
    """Say what is wrong with a Python of this version and width; nothing if nothing is."""
    name = "{}.{}".format(*version)
    wanted = "{}.{} to {}.{}".format(*OLDEST, *NEWEST)
    if version < OLDEST:
        return f"This is Python {name}, and Python {wanted} is needed."
    if version > NEWEST:
        return f"This is Python {name}, newer than torch supports: use Python {wanted}."
    if maxsize <= 2**32:
        return f"This is a 32-bit Python, and a 64-bit Python {wanted} is needed."
    return ""


def output_of(command: List[str]) -> str:
    """Run something small; return what it printed, or nothing if it failed."""
    try:
        return subprocess.check_output(
            command, stderr=subprocess.DEVNULL, universal_newlines=True, env=clean_environment()
        )
    except (OSError, subprocess.CalledProcessError):
        return ""


def clean_environment() -> Dict[str, str]:
    """Return the environment without what would lead .venv's Python astray."""
    strays = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__")
    return {key: value for key, value in os.environ.items() if key not in strays}


# ---------------------------------------------------------------- is .venv ready


def venv_python() -> str:
    """Return the Python inside .venv."""
    inside = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    return str(VENV / inside)


def venv_version() -> str:
    """Ask .venv's Python for its version, as "3.11"; nothing if it does not work (any more)."""
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    return output_of([venv_python(), "-I", "-S", "-c", question]).strip()


def read_stamp() -> Dict[str, Any]:
    """Return what is known of .venv; nothing if it is not there, or not ours."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(stamp: Dict[str, Any]) -> None:
    """Note what is known of .venv, in one piece."""
    new = STAMP.with_suffix(".new")
    with new.open("w", encoding="utf-8") as file:
        json.dump(stamp, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    new.replace(STAMP)


def digest(lock: Path) -> str:
    """Return the hash of a lock file, whatever its line ends."""
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def ready(locks: List[Path]) -> bool:
    """Tell whether everything in these lock files is installed, for the Python .venv has now."""
    stamp = read_stamp()
    if stamp.get("state") != "ready":
        return False
    installed = stamp.get("locks", {})
    if any(installed.get(lock.name) != digest(lock) for lock in locks):
        return False
    return bool(stamp.get("python") == venv_version())


# ------------------------------------------------------------------------ set-up


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Keep other launches waiting. The system frees the lock when its last holder ends or dies."""
    try:
        file = (ROOT / ".venv.lock").open("a")
    except OSError:
        message = f"The folder {ROOT} cannot be written: copy Etascope to one that can."
        raise SetupError(message) from None
    with file:
        if not try_lock(file):
            say("Another set-up is running; waiting for it.")
            while not try_lock(file):
                time.sleep(0.3)
        os.set_inheritable(file.fileno(), True)  # noqa: FBT003 - pip holds it too, even orphaned
        yield


def try_lock(file: IO[str]) -> bool:
    """Take the lock if it is free. Where locks do not work (some network disks), go on without."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def set_up(locks: List[Path]) -> None:
    """Make .venv, or mend it, or bring it up to date."""
    started = time.time()
    before = stamp_to_build_on()
    if TESTING.name in before.get("locks", {}):
        locks = [RUNTIME, TESTING]  # what is there for the tests stays in step
    fresh = not VENV.exists()
    if fresh:
        check_room(needed_bytes(), shutil.disk_usage(str(ROOT)).free)
        say(f"Setting up in {VENV}: a few minutes, this once.")
    else:
        say(f"Bringing {VENV} up to date.")
    make_venv(fresh=fresh)
    try:
        install(locks)
    except SetupError:
        if not fresh:  # pip fetches everything before it changes anything
            write_stamp(before)
        raise
    digests = {lock.name: digest(lock) for lock in locks}
    write_stamp({"state": "ready", "python": venv_version(), "locks": digests})
    say(f"Ready after {time.time() - started:.0f} s.")


def stamp_to_build_on() -> Dict[str, Any]:
    """Return the stamp of a sound .venv; remove one that is half made or for another Python."""
    shutil.rmtree(str(OLD_VENV), ignore_errors=True)
    if not VENV.exists():
        return {}
    stamp, version = read_stamp(), venv_version()
    if stamp.get("state") == "ready" and stamp.get("python") == version:
        return stamp
    if not stamp and any(not path.name.startswith(STAMP.stem) for path in VENV.iterdir()):
        return adopt(version)
    say("Removing an unfinished or outdated .venv.")
    try:
        VENV.rename(OLD_VENV)  # at one stroke: a kill cannot leave half of it
    except OSError as error:
        raise SetupError(f"Remove {VENV} by hand ({error.strerror}).") from None
    shutil.rmtree(str(OLD_VENV), ignore_errors=True)
    return {}


def adopt(version: str) -> Dict[str, Any]:
    """Take over an environment that somebody else made, if it will do; never remove it."""
    fits = version and not objection_to(tuple(map(int, version.split("."))), sys.maxsize)
    if not (fits and output_of([venv_python(), "-m", "pip", "--version"])):
        raise SetupError(f"{VENV} was not made by Etascope and will not do: move it away.")
    return {"state": "adopted", "python": version, "locks": {}}


def make_venv(*, fresh: bool) -> None:
    """Mark .venv as being worked on; if it is a fresh one, make it, with pip in it."""
    advice = "on Debian or Ubuntu: sudo apt install python3-venv."
    if fresh and not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise SetupError(f"This Python cannot make environments (no venv, ensurepip); {advice}")
    try:
        VENV.mkdir(exist_ok=True)
        write_stamp({"state": "busy"})
    except OSError as error:
        raise SetupError(f"{VENV} cannot be written ({error.strerror}).") from None
    if fresh:
        status, words = watch([sys.executable, "-m", "venv", str(VENV)], "making .venv")
        if status != 0:
            raise SetupError(f"Making .venv failed: {last_words(words)} {advice.capitalize()}")


def has_nvidia() -> bool:
    """Tell whether there is a sign of an NVIDIA card."""
    return Path("/proc/driver/nvidia/version").exists() or bool(shutil.which("nvidia-smi"))


def needed_bytes() -> int:
    """Return about how much disk set-up takes: torch's CUDA build on Linux is the big one."""
    cuda = sys.platform == "linux" and has_nvidia()
    return 8 * GIGABYTE if cuda else 25 * GIGABYTE // 10


def check_room(needed: int, free: int) -> None:
    """Object when the disk is too full."""
    if free < needed:
        figures = f"{needed / GIGABYTE:.1f} GB in {ROOT}, and {free / GIGABYTE:.1f} GB are free"
        raise SetupError(f"Set-up needs about {figures}: make room and start again.")


# --------------------------------------------------------------------------- pip


def install(locks: List[Path]) -> None:
    """Install torch, then the rest: nothing after torch can bring another torch."""
    pins = RUNTIME.read_text(encoding="utf-8").splitlines()
    torch = next(pin for pin in pins if pin.startswith("torch=="))
    if not (wants_cpu_torch() and try_cpu_torch(torch)):
        pip([torch], torch)
    pip([word for lock in locks for word in ("-r", str(lock))], "everything else")
    warm_up()


def warm_up() -> None:
    """Import the program once: that compiles what it uses, a fifth of what pip would compile."""
    path = f"import sys; sys.path.insert(0, {str(ROOT)!r})"
    watch([venv_python(), "-P", "-c", f"{path}; import engine.loop, gui.app"], "the last touches")


def wants_cpu_torch() -> bool:
    """Tell whether the plain index's CUDA build is out of place, and pip has no sources set."""
    if sys.platform != "linux" or has_nvidia():
        return False
    settings = output_of([venv_python(), "-m", "pip", "config", "list"])
    return not re.search(r"(index|index-url|find-links)=", settings)


def try_cpu_torch(torch: str) -> bool:
    """Ask PyTorch's own index for the CPU build; if it cannot be had the plain one will do."""
    arguments = ["--no-deps", "--index-url", CPU_TORCH, "--timeout", "15", torch]
    return watch(pip_command(arguments), f"{torch}, CPU build")[0] == 0


def pip(arguments: List[str], what: str) -> None:
    """Install, or say in one sentence why not."""
    status, words = watch(pip_command(arguments), what)
    if status != 0:
        raise SetupError(pip_failure(words))


def pip_command(arguments: List[str]) -> List[str]:
    """Return pip's command line. Wheels only: nothing that is fetched is run to be built."""
    options = ["--only-binary=:all:", "--no-compile", "--progress-bar=off", "--retries=2"]
    quiet = ["--disable-pip-version-check", "--no-input"]
    return [venv_python(), "-m", "pip", *quiet, "install", *options, *arguments]


def pip_failure(words: List[str]) -> str:
    """Turn pip's last words into a sentence and a suggestion."""
    text = "\n".join(words)
    if "No space left" in text:
        advice = "Make room on the disk and run the same command again."
    elif re.search(r"connection|resolution|timed? ?out|Max retries|proxy|SSL", text, re.IGNORECASE):
        advice = "Check the network (and pip's proxy setting) and run the same command again."
    elif "No matching distribution" in text:
        advice = "There may be no build for this system and Python: try Python 3.12."
    else:
        advice = f"Run the same command again; {LOG} has the details."
    return f"pip failed: {last_words(words)} {advice}"


def last_words(words: List[str]) -> str:
    """Return the line that says the most: the last error if there is one."""
    errors = [line for line in words if re.match(r"\s*(ERROR|error|OSError|Error)\b", line)]
    line = (errors or words or ["no reason was given"])[-1].strip()
    return re.sub(r"^(ERROR|error):\s*", "", line)[:300].rstrip(".") + "."


def watch(command: List[str], doing: str) -> Tuple[int, List[str]]:
    """Run a step of set-up, its words going to the log; meanwhile show that it is alive."""
    words = []  # type: List[str]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(clean_environment(), PIP_USER="0", PYTHONUNBUFFERED="1"),
        close_fds=False,  # the lock goes with it
        universal_newlines=True,
        errors="replace",
    ) as process:
        reader = threading.Thread(target=words.extend, args=(process.stdout,), daemon=True)
        reader.start()
        try:
            show_progress(reader, doing)
        except BaseException:
            process.terminate()
            raise
        finally:
            reader.join()
    with contextlib.suppress(OSError), LOG.open("a", encoding="utf-8") as log:
        log.writelines(["$ ", " ".join(command), "\n", *words])
    return process.returncode, words


def show_progress(reader: threading.Thread, doing: str) -> None:
    """On a terminal one line that counts the seconds, elsewhere a line now and then."""
    started = time.time()
    terminal = sys.stderr.isatty()
    while reader.is_alive():
        line = f"Etascope: installing {doing}, {time.time() - started:.0f} s"
        sys.stderr.write("\r" + line if terminal else line + "\n")
        sys.stderr.flush()
        reader.join(1 if terminal else 30)
    if terminal:
        sys.stderr.write("\r" + " " * 79 + "\r")
