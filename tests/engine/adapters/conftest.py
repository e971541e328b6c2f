"""Tiny checkpoints of the families, ours and diffusers' own, side by side."""

from copy import deepcopy

import pytest
import torch


@pytest.fixture(scope="session")
def models(families):
    """Each family, loaded by us; no LoRA is over it."""
    from engine.checkpoints import load
    from engine.device import choose
    from engine.library import Checkpoint

    made = {}

    def model(name):
        if name not in made:
            folder, _ = families(name)
            checkpoint = Checkpoint("folder", name, folder)
            made[name] = load(checkpoint, choose("cpu", "float32"))
        made[name].loras.wear(())
        return made[name]

    return model


@pytest.fixture(scope="session")
def pipelines(families):
    """Each family's own pipeline in diffusers: a copy each time, for they are changed."""
    from diffusers import StableDiffusionPipeline, StableDiffusionXLPipeline

    loaded = {}

    def pipeline(name):
        kind = StableDiffusionXLPipeline if name == "sdxl" else StableDiffusionPipeline
        if name not in loaded:
            loaded[name] = kind.from_pretrained(
                families(name)[0], use_safetensors=True, local_files_only=True
            )
        made = kind(**deepcopy(loaded[name].components))
        made.set_progress_bar_config(disable=True)
        return made

    return pipeline


@pytest.fixture
def theirs():
    """The last latents of a recipe, by a pipeline of diffusers."""

    def latents(pipeline, recipe, **more):
        return pipeline(
            more.pop("prompt", recipe.prompt),
            negative_prompt=recipe.negative_prompt or None,
            num_inference_steps=recipe.steps,
            guidance_scale=recipe.guidance,
            width=recipe.width,
            height=recipe.height,
            generator=torch.Generator().manual_seed(recipe.seed),
            output_type="latent",
            **more,
        ).images

    return latents


@pytest.fixture
def ours():
    """The last latents of recipes that run in lock-step, and how many model calls it took."""
    from engine import lanes
    from engine.commands import Destination, Job
    from engine.lanes import Lane

    def latents(model, recipes):
        running = [Lane(Job(recipe, Destination()), model) for recipe in recipes]
        calls = 0
        while asking := [lane for lane in running if lane.ask]:
            for group in lanes.together(asking):
                calls += 1
                answers = lanes.answer(group, model.denoise)
                for lane, rows in zip(group, answers, strict=True):
                    lane.hand(rows)
        return [lane.latents for lane in running], calls

    return latents


@pytest.fixture
def asked():
    """A recipe of a few steps at a tiny size, its draft's names looked up."""
    from engine.draft import Draft

    def recipe(model_folder, prompt="a boat on the sea", **settings):
        from engine.library import Checkpoint

        usual = {"steps": 4, "guidance": 5.0, "width": 72, "height": 64, "seed": 7}
        sizes = Checkpoint("folder", "Tiny", model_folder).sizes()
        draft = Draft(prompt=prompt, sampler="ddim", schedule="leading", **usual | settings)
        return draft.resolve(sizes)[0]

    return recipe
