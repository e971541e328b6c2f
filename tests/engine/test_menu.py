import pytest

from engine.errors import BadSetting
from engine.menu import entry, menu


def test_every_sampler_says_what_it_is_and_where_it_comes_from():
    for name, sampler in menu().items():
        assert sampler.name == name
        assert all((sampler.label, sampler.about, sampler.paper, sampler.schedules))
        assert 1 <= sampler.steps <= 1000


def test_a_sampler_has_eta_or_says_why_not():
    for sampler in menu().values():
        assert (sampler.eta is None) == bool(sampler.without_eta)


def test_model_calls_are_counted_as_the_menu_says():
    assert entry("plms").model_calls(20) == 21
    assert entry("ddim").model_calls(20) == 20


def test_an_unknown_sampler_is_refused_with_the_known_ones():
    with pytest.raises(BadSetting, match="ddim, ddpm, ddpm_large, plms"):
        entry("foo")
