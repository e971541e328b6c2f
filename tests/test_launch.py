"""The launcher: set-up, without a network and without installing anything."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import launch  # puts the next two where they can be found

import environment  # isort: skip

ROOT = Path(__file__).parent.parent


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A checkout of its own, with lock files and a .venv whose Python is said to be 3.11."""
    root = tmp_path / "checkout"
    venv = root / ".venv"
    (root / "packaging").mkdir(parents=True)
    places = {
        "ROOT": root,
        "VENV": venv,
        "OLD_VENV": root / ".venv.old",
        "STAMP": venv / "etascope-setup.json",
        "LOG": venv / "etascope-setup.log",
        "RUNTIME": root / "packaging" / "requirements.lock",
        "TESTING": root / "packaging" / "requirements-test.lock",
    }
    for place, path in places.items():
        monkeypatch.setattr(environment, place, path)
    environment.RUNTIME.write_text("numpy==2.0\ntorch==2.13.0\n")
    environment.TESTING.write_text("pytest==9.0\n")
    monkeypatch.setattr(environment, "venv_version", lambda: "3.11")
    return root


def runtime():
    return [environment.RUNTIME]


def both():
    return [environment.RUNTIME, environment.TESTING]


def finished(locks, python="3.11"):
    environment.VENV.mkdir(exist_ok=True)
    digests = {lock.name: environment.digest(lock) for lock in locks}
    environment.write_stamp({"state": "ready", "python": python, "locks": digests})


def only_line(text):
    assert text.count("\n") == 1, text
    return text.strip()


# Which Python


@pytest.mark.parametrize(
    "file", ["launch.py", "packaging/environment.py", "packaging/linux/qt_libraries.py"]
)
def test_an_old_python_can_parse_it(file):
    ast.parse((ROOT / file).read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize(
    ("version", "maxsize", "words"),
    [
        ((3, 8), 2**63 - 1, ["3.8", "3.11 to 3.14"]),
        ((3, 15), 2**63 - 1, ["3.15", "torch", "3.11 to 3.14"]),
        ((3, 12), 2**31 - 1, ["32-bit", "64-bit"]),
    ],
)
def test_a_python_that_will_not_do_is_told_why(version, maxsize, words):
    objection = environment.objection_to(version, maxsize)
    assert all(word in objection for word in words)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 14)])
def test_a_python_that_will_do_is_not_objected_to(version):
    assert environment.objection_to(version, 2**63 - 1) == ""


def test_too_old_and_no_other_is_one_sentence_on_stderr(house, monkeypatch, capfd):
    monkeypatch.setattr(environment, "objection_to", lambda *_: "This is Python 3.8.")
    monkeypatch.setenv("PATH", str(house))
    assert launch.main([]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert only_line(err) == "Etascope: This is Python 3.8."


def test_interrupted_is_130(house, monkeypatch, capfd):
    def interrupt(_locks):
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "set_up", interrupt)
    assert launch.main(["doctor"]) == 130
    assert "Interrupted" in only_line(capfd.readouterr().err)


# Whether .venv is ready


def test_nothing_is_not_ready(house):
    assert not environment.ready(runtime())


def test_finished_is_ready_whatever_the_line_ends(house):
    finished(runtime())
    lock = environment.RUNTIME
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert environment.ready(runtime())


def test_what_the_tests_need_is_a_second_matter(house):
    finished(runtime())
    assert not environment.ready(both())
    finished(both())
    assert environment.ready(both())
    assert environment.ready(runtime())


def test_a_changed_lock_is_noticed(house):
    finished(runtime())
    environment.RUNTIME.write_text("numpy==2.1\ntorch==2.13.0\n")
    assert not environment.ready(runtime())


@pytest.mark.parametrize("found", ["3.12", ""])
def test_another_python_in_the_same_place_is_noticed(house, monkeypatch, found):
    finished(runtime())
    monkeypatch.setattr(environment, "venv_version", lambda: found)
    assert not environment.ready(runtime())


@pytest.mark.parametrize("stamp", ["", "[]", "{", '{"state": "busy"}'])
def test_a_torn_stamp_is_not_ready(house, stamp):
    environment.VENV.mkdir()
    environment.STAMP.write_text(stamp)
    assert not environment.ready(runtime())


# Set-up


@pytest.fixture
def steps(house, monkeypatch):
    """The commands that set-up would have run; all of them work."""
    commands = []

    def watch(command, _doing):
        commands.append(command)
        return 0, []

    monkeypatch.setattr(environment, "watch", watch)
    monkeypatch.setattr(environment, "needed_bytes", lambda: 0)
    monkeypatch.setattr(environment, "wants_cpu_torch", lambda: False)
    return commands


def test_set_up_from_nothing_installs_torch_first(house, steps, capfd):
    environment.set_up(runtime())
    making, torch, rest, _warm = steps
    assert making[1:3] == ["-m", "venv"]
    assert torch[-1] == "torch==2.13.0"
    assert rest[-2:] == ["-r", str(environment.RUNTIME)]
    assert environment.ready(runtime())
    assert capfd.readouterr().out == ""


def test_the_cpu_build_is_tried_first_where_it_is_the_right_one(house, steps, monkeypatch):
    monkeypatch.setattr(environment, "wants_cpu_torch", lambda: True)
    environment.set_up(runtime())
    torches = [command for command in steps if command[-1] == "torch==2.13.0"]
    assert len(torches) == 1
    assert environment.CPU_TORCH in torches[0]


def test_without_that_index_the_plain_one_will_do(house, steps, monkeypatch):
    monkeypatch.setattr(environment, "wants_cpu_torch", lambda: True)
    monkeypatch.setattr(environment, "try_cpu_torch", lambda _torch: False)
    environment.set_up(runtime())
    assert [c for c in steps if c[-1] == "torch==2.13.0" and environment.CPU_TORCH not in c]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the plain index has the right build")
def test_sources_set_in_pip_are_respected(house, monkeypatch):
    monkeypatch.setattr(environment, "has_nvidia", lambda: False)
    monkeypatch.setattr(environment, "output_of", lambda _: ":env:.find-links='/wheels'\n")
    assert not environment.wants_cpu_torch()
    monkeypatch.setattr(environment, "output_of", lambda _: "global.timeout='60'\n")
    assert environment.wants_cpu_torch()


def test_an_update_keeps_what_the_tests_need_in_step(house, steps):
    finished(both())
    environment.RUNTIME.write_text("numpy==2.1\ntorch==2.13.0\n")
    environment.set_up(runtime())
    assert environment.ready(both())


def test_half_made_is_made_again(house, steps):
    environment.VENV.mkdir()
    (environment.VENV / "pyvenv.cfg").write_text("half")
    environment.write_stamp({"state": "busy"})
    environment.set_up(runtime())
    assert environment.ready(runtime())
    assert not (environment.VENV / "pyvenv.cfg").exists()
    assert not environment.OLD_VENV.exists()


def test_a_failed_update_leaves_the_old_state(house, steps, monkeypatch):
    finished(runtime())
    before = environment.read_stamp()

    def fail(_locks):
        raise environment.SetupError("no network")

    monkeypatch.setattr(environment, "install", fail)
    with pytest.raises(environment.SetupError):
        environment.set_up(both())
    assert environment.read_stamp() == before


def test_a_failed_beginning_is_not_taken_for_finished(house, steps, monkeypatch):
    monkeypatch.setattr(environment, "watch", lambda *_: (1, ["ERROR: no"]))
    with pytest.raises(environment.SetupError):
        environment.set_up(runtime())
    assert not environment.ready(runtime())


def test_a_folder_of_somebody_else_is_never_removed(house, monkeypatch):
    environment.VENV.mkdir()
    (environment.VENV / "letter.txt").write_text("dear")
    monkeypatch.setattr(environment, "venv_version", lambda: "")
    with pytest.raises(environment.SetupError, match="move it away"):
        environment.set_up(runtime())
    assert (environment.VENV / "letter.txt").read_text() == "dear"


def test_a_sound_environment_of_somebody_else_is_used(house, steps, monkeypatch):
    environment.VENV.mkdir()
    (environment.VENV / "pyvenv.cfg").write_text("home = /usr/bin")
    monkeypatch.setattr(environment, "output_of", lambda _: "pip 26")
    environment.set_up(runtime())
    assert environment.ready(runtime())
    assert (environment.VENV / "pyvenv.cfg").exists()


def test_a_full_disk_is_told_with_figures():
    with pytest.raises(environment.SetupError, match=r"2\.5 GB .* 0\.4 GB are free"):
        environment.check_room(2_500_000_000, 400_000_000)
    environment.check_room(2_500_000_000, 2_600_000_000)


def test_no_venv_module_names_the_package(house, monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(environment.SetupError, match="apt install python3-venv"):
        environment.make_venv(fresh=True)


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["WARNING: Retrying: NewConnectionError", "ERROR: No matching distribution"], "network"),
        (["ERROR: Could not install: [Errno 28] No space left on device"], "Make room"),
        (["ERROR: No matching distribution found for torch==2.13.0"], "Python 3.12"),
        (["something odd"], "details"),
        ([], "details"),
    ],
)
def test_pip_failing_is_a_sentence_and_a_suggestion(house, words, advice):
    message = environment.pip_failure(words)
    assert advice in message
    assert "\n" not in message
    assert not words or words[-1].replace("ERROR: ", "") in message


def test_only_one_launch_sets_up_at_a_time(house):
    with environment.only_one_at_a_time(), (house / ".venv.lock").open("a") as file:
        assert not environment.try_lock(file)
    with (house / ".venv.lock").open("a") as file:
        assert environment.try_lock(file)


def test_a_step_is_watched_and_logged(house, capfd):
    environment.VENV.mkdir()
    question = "import sys; print('one'); print('two', file=sys.stderr); sys.exit(5)"
    status, words = environment.watch([sys.executable, "-c", question], "a test")
    assert status == 5
    assert sorted(word.strip() for word in words) == ["one", "two"]
    assert "one" in environment.LOG.read_text()
    out, err = capfd.readouterr()
    assert out == ""
    assert "a test" in err


# The program itself


def test_arguments_are_passed_on(house, monkeypatch):
    started = []
    monkeypatch.setattr(launch, "run", lambda arguments: started.append(arguments) or 7)
    monkeypatch.setattr(launch, "see_to_libraries", lambda **_: None)
    finished(both())
    assert launch.main(["generate", "a red cube", "--out", "a.png"]) == 7
    assert launch.main([]) == 7
    assert launch.main(["test", "-k", "stamp"]) == 7
    assert started[0] == ["-m", "gui", "generate", "a red cube", "--out", "a.png"]
    assert started[1] == ["-m", "gui"]
    assert started[2][0].endswith("check.py")
    assert started[2][1:] == ["-k", "stamp"]


def test_the_second_start_from_another_folder(tmp_path):
    """The real launcher, a bare environment and a stub of a program; decoys where the user is."""
    root, here = tmp_path / "with space", tmp_path / "here"
    (root / "gui").mkdir(parents=True)
    (root / "packaging" / "linux").mkdir(parents=True)
    modules = ("environment.py", "linux/qt_libraries.py", "requirements.lock")
    for file in ("launch.py", *(f"packaging/{module}" for module in modules)):
        (root / file).write_bytes((ROOT / file).read_bytes())
    (root / "gui" / "__main__.py").write_text(
        "import json, os, sys; print(json.dumps([sys.argv[1:], os.getcwd()])); sys.exit(7)"
    )
    here.mkdir()
    for decoy in ("gui.py", "json.py"):
        (here / decoy).write_text("raise SystemExit('a decoy')")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", root / ".venv"], check=True)
    lock = root / "packaging" / "requirements.lock"
    stamp = {
        "state": "ready",
        "python": "{}.{}".format(*sys.version_info),
        "locks": {lock.name: environment.digest(lock)},
    }
    (root / ".venv" / "etascope-setup.json").write_text(json.dumps(stamp))

    done = subprocess.run(
        [sys.executable, root / "launch.py", "generate", "two words"],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert json.loads(done.stdout) == [["generate", "two words"], str(here)]
    assert done.returncode == 7
