"""Sampler and schedule names as the tools list them: ours, or not one of ours, never another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gallery.findings import Findings
from engine.gallery.names import A1111_SAMPLERS, A1111_SCHEDULES, known_sampler, known_schedule
from engine.menu import menu

# Each tool's own list, and after the sign what of ours is in it; the rest is none of ours.
LISTS = {
    "A1111": """
        DPM++ 2M, DPM++ SDE, DPM++ 2M SDE, DPM++ 2M SDE Heun, DPM++ 2S a, DPM++ 3M SDE,
        Euler a, Euler, LMS, Heun, DPM2, DPM2 a, DPM fast, DPM adaptive, Restart,
        HeunPP2, IPNDM, DDPM, DDIM, DDIM CFG++, PLMS, UniPC, LCM, DEIS
        =
        dpmpp_2m, dpmpp_2m_sde, euler_a, euler, lms, heun, ddpm, ddim, plms, unipc, lcm,
        deis
    """,
    "ComfyUI": """
        euler, euler_cfg_pp, euler_ancestral, euler_ancestral_cfg_pp, heun, heunpp2,
        dpm_2, dpm_2_ancestral, lms, dpm_fast, dpm_adaptive, dpmpp_2s_ancestral,
        dpmpp_sde, dpmpp_sde_gpu, dpmpp_2m, dpmpp_2m_cfg_pp, dpmpp_2m_sde,
        dpmpp_2m_sde_gpu, dpmpp_3m_sde, ddpm, lcm, ipndm, ipndm_v, deis, res_multistep,
        gradient_estimation, ddim, uni_pc, uni_pc_bh2
        =
        euler, euler_a, heun, lms, dpmpp_2m, dpmpp_2m_sde, ddpm, lcm, deis, ddim, unipc
    """,
    "InvokeAI": """
        ddim, ddpm, deis, deis_k, lms, lms_k, pndm, heun, heun_k, euler, euler_k,
        euler_a, kdpm_2, kdpm_2_k, kdpm_2_a, kdpm_2_a_k, dpmpp_2s, dpmpp_2s_k, dpmpp_2m,
        dpmpp_2m_k, dpmpp_2m_sde, dpmpp_2m_sde_k, dpmpp_3m, dpmpp_3m_k, dpmpp_sde,
        dpmpp_sde_k, unipc, unipc_k, lcm, tcd
        =
        ddim, ddpm, deis, lms, plms, heun, euler, euler_a, dpmpp_2m, dpmpp_2m_sde,
        unipc, lcm, tcd
    """,
    "NovelAI": """
        k_euler, k_euler_ancestral, k_dpmpp_2s_ancestral, k_dpmpp_2m, k_dpmpp_2m_sde,
        k_dpmpp_sde, k_dpm_2, k_dpm_2_ancestral, k_dpm_fast, k_dpm_adaptive, k_heun,
        k_lms, ddim, ddim_v3, plms, nai_smea
        =
        euler, euler_a, dpmpp_2m, dpmpp_2m_sde, heun, lms, ddim, plms
    """,
    "stable-diffusion.cpp": """
        euler, euler_a, heun, dpm2, dpm++2s_a, dpm++2m, dpm++2mv2, ipndm, ipndm_v, lcm,
        ddim_trailing, tcd
        =
        euler, euler_a, heun, dpmpp_2m, lcm, ddim, tcd
    """,
    "Easy Diffusion": """
        plms, ddim, heun, euler, euler_a, dpm2, dpm2_a, lms, dpm_solver_stability,
        dpmpp_2s_a, dpmpp_2m, dpmpp_2m_sde, dpmpp_sde, dpm_adaptive, dpm_fast,
        unipc_snr, unipc_tu, unipc_snr_2, unipc_tu_2, unipc_tq, ddpm, deis
        =
        plms, ddim, heun, euler, euler_a, lms, dpmpp_2m, dpmpp_2m_sde, unipc, ddpm, deis
    """,
    "diffusers": """
        DDIMScheduler, DDPMScheduler, DEISMultistepScheduler,
        DPMSolverMultistepScheduler, DPMSolverSDEScheduler,
        DPMSolverSinglestepScheduler, EDMEulerScheduler,
        EulerAncestralDiscreteScheduler, EulerDiscreteScheduler, HeunDiscreteScheduler,
        FlowMatchEulerDiscreteScheduler, KDPM2DiscreteScheduler, LCMScheduler,
        LMSDiscreteScheduler, PNDMScheduler, TCDScheduler, UniPCMultistepScheduler
        =
        ddim, ddpm, deis, dpmpp_2m, euler_a, euler, heun, lcm, lms, plms, tcd, unipc
    """,
}


@pytest.mark.parametrize("tool", LISTS)
def test_a_tools_list_is_mapped_as_far_as_it_is_ours(tool: str):
    theirs, ours = (" ".join(names.split()).split(", ") for names in LISTS[tool].split("="))
    mapped = [known_sampler(name)[0] for name in theirs]
    assert set(filter(None, mapped)) == set(ours)
    assert set(ours) <= menu().keys()


@pytest.mark.parametrize(
    "name",
    ["DPM++ SDE", "dpm_2", "dpmpp_3m_sde", "euler_cfg_pp", "DPM++ 2M SDE Heun", "ipndm", "kdpm_2"],
)
def test_a_sampler_that_is_much_like_ours_is_still_not_ours(name: str):
    for told in (name, f"{name} Karras", f"k_{name}"):
        assert known_sampler(told) == (None, None)


@pytest.mark.parametrize(
    ("name", "sampler", "schedule"),
    [
        ("DPM++ 2M Karras", "dpmpp_2m", "karras"),
        ("DPM++ 2M SDE Exponential", "dpmpp_2m_sde", "exponential"),
        ("dpmpp_2m_sde_k", "dpmpp_2m_sde", "karras"),
        ("DPM++ 2M Trailing", "dpmpp_2m", "trailing"),
        ("euler_a sgm_uniform", "euler_a", "trailing"),
        ("euler discrete", "euler", "linspace"),
        ("Euler A AYS", "euler_a", None),
        ("LMS Polyexponential", "lms", None),
        ("UniPC", "unipc", None),
    ],
)
def test_a_schedule_fused_to_a_name_is_told_or_noted(name, sampler, schedule):
    findings = Findings("x")
    findings.take("sampler", name)
    assert findings.settings.get("sampler") == sampler
    assert findings.settings.get("schedule") == schedule
    fused = known_sampler(name)[1]
    assert any("schedule" in note for note in findings.notes) == (
        fused is not None and not schedule
    )


def test_what_we_write_we_read():
    for ours, theirs in A1111_SAMPLERS.items():
        assert known_sampler(theirs) == (ours, None)
    for ours, theirs in A1111_SCHEDULES.items():
        assert known_schedule(theirs) == ours
    assert all(known_sampler(name) == (name, None) for name in menu())
    assert all(known_sampler(entry.label) == (entry.name, None) for entry in menu().values())


@given(st.text(max_size=30), st.sampled_from(["", "k_", "euler", " Karras", "_k", "Scheduler"]))
def test_no_name_is_too_strange(name: str, part: str):
    for told in (name + part, part + name):
        sampler, _ = known_sampler(told)
        assert sampler is None or sampler in menu()
        known_schedule(told)
