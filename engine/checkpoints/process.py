"""A checkpoint's forward process, from its own scheduler's settings."""

from typing import Any

from diffusers import DDIMScheduler

from engine.library.checkpoint import Checkpoint
from engine.library.plan import Plan, Settings
from engine.library.preflight import ANOTHER
from engine.samplers import PREDICTIONS, Diffusion
from engine.samplers.levels import to_nothing

_ENDLESS = "rescale_betas_zero_snr"
_KEPT = ("num_train_timesteps", "beta_start", "beta_end", "beta_schedule", "trained_betas")
_OTHER_NOISE = ("thresholding", "use_flow_sigmas", "sigma_min", "sigma_max", "snr_shift_scale")
"""Settings that ask for levels or steps of another kind: to overlook them would spoil pictures."""
_NOT_SENSIBLE = "its scheduler's noise levels make no sense"


def diffusion_of(checkpoint: Checkpoint, plan: Plan) -> Diffusion:
    """Return the forward process. Raises CheckpointError where it is of no kind that we run."""
    settings = plan.scheduler
    prediction = settings.get("prediction_type", "epsilon")
    if prediction not in PREDICTIONS:
        raise checkpoint.damaged(f"it predicts {prediction!r}, which is not known", ANOTHER)
    # Old settings say clip_sample: latents have no bounds, and diffusers switches it off as well.
    wanted = [name for name in _OTHER_NOISE if settings.get(name)]
    wanted += ["timestep_type"] if settings.get("timestep_type") == "continuous" else []
    if wanted:
        reason = f"its scheduler wants {wanted[0]}, which is not supported"
        raise checkpoint.damaged(reason, ANOTHER)
    alpha_bar = _alpha_bar(checkpoint, settings)
    if not plan.ask_prediction:
        check_end(checkpoint, settings, prediction)
    if settings.get(_ENDLESS):
        alpha_bar = to_nothing(alpha_bar)
    return Diffusion(
        alpha_bar,
        prediction=prediction,
        offset=_offset(checkpoint, settings, len(alpha_bar)),
        final=1.0 if settings.get("set_alpha_to_one", True) else alpha_bar[0],
    )


def check_end(checkpoint: Checkpoint, settings: Settings, prediction: str) -> None:
    """Raise for a network that is to tell noise from noise with nothing in it."""
    if settings.get(_ENDLESS) and prediction == "epsilon":
        raise checkpoint.damaged(
            "its noise levels end with noise alone (zero terminal SNR), but it predicts noise",
            ANOTHER,
        )


def _alpha_bar(checkpoint: Checkpoint, settings: Settings) -> tuple[float, ...]:
    betas: dict[str, Any] = {name: settings[name] for name in _KEPT if name in settings}
    try:
        alpha_bar = tuple(float(a) for a in DDIMScheduler(**betas).alphas_cumprod)
    except NotImplementedError as error:
        named = str(betas.get("beta_schedule"))[:40]
        reason = f"its noise schedule {named!r} is not supported"
        raise checkpoint.damaged(reason, ANOTHER) from error
    except (TypeError, ValueError, RuntimeError, ArithmeticError) as error:
        raise checkpoint.damaged(_NOT_SENSIBLE) from error
    if len(alpha_bar) < 2 or not all(0 < a < 1 for a in alpha_bar):
        raise checkpoint.damaged(_NOT_SENSIBLE)
    return alpha_bar


def _offset(checkpoint: Checkpoint, settings: Settings, levels: int) -> int:
    offset = settings.get("steps_offset", 0)
    if type(offset) is not int or not 0 <= offset < levels:
        reason = f"its scheduler's steps_offset of {str(offset)[:20]} makes no sense"
        raise checkpoint.damaged(reason)
    return offset
