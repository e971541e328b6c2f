from pathlib import Path

from engine.paths import RESOURCES, absolute, current_paths


def test_everything_lives_under_etascope_home_when_it_is_set(home):
    for name, folder in current_paths().all().items():
        assert folder == home / name
    assert not home.exists()


def test_without_it_the_platforms_own_folders_are_used(monkeypatch):
    monkeypatch.delenv("ETASCOPE_HOME")
    folders = current_paths().all().values()
    assert all(folder.is_absolute() and "ascope" in str(folder) for folder in folders)


def test_the_resources_are_beside_the_code():
    assert (RESOURCES / "samplers.toml").is_file()


def test_the_name_of_nobody_behind_a_tilde_is_a_name_like_any_other(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ETASCOPE_HOME", "~nobody-is-called-so/x")
    assert current_paths().home == tmp_path / "~nobody-is-called-so" / "x"
    assert absolute(Path("~")) == Path.home()
