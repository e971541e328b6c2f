"""What a comparison takes, and what its cells have in common, in words."""

from engine.compare.cost import Cost
from engine.draft import Draft, SizeRule
from engine.gallery.findings import plain
from engine.menu import entry
from gui.words import tr

_DOT = "  ·  "


def cost_words(cost: Cost, there: int) -> str:
    """Return what pictures will take, as it is said before they are made; `there` are made."""
    pictures = (
        tr("%n more picture(s)", n=cost.pictures) if there else tr("%n picture(s)", n=cost.pictures)
    )
    words = [pictures, tr("%n model call(s)", n=cost.calls)]
    words.append(
        tr("time not measured yet")
        if cost.seconds is None
        else tr("about {time}", time=_time(cost.seconds))
    )
    if cost.memory is not None:
        words.append(tr("{amount} of memory", amount=_size(cost.memory)))
    if cost.loads:
        words.append(tr("%n model(s) to load", n=cost.loads))
    return _DOT.join(words)


def there_words(there: int, on_way: int) -> str:
    """Return how far a comparison is of which nothing is missing."""
    if not there:
        return tr("All cells are left out; S runs one after all.")
    if on_way:
        done = there - on_way
        return tr("{done} of %n picture(s) done, the others on their way.", n=there, done=done)
    return tr("All %n picture(s) are there.", n=there)


def same_words(base: Draft, sizes: SizeRule, varies: set[str]) -> list[str]:
    """Return what all cells have in common, beside the prompt."""
    sampler = entry(base.sampler)
    alone = "sampler" not in varies
    usual = None if sampler.eta is None else sampler.eta.default
    eta = usual if base.eta is None else base.eta
    schedule, skip = sizes.usual.schedules_of(sampler)[0], base.clip_skip
    words = {
        "sampler": sampler.label,
        "schedule": schedule if base.schedule == "default" else base.schedule,
        "steps": tr("%n step(s)", n=base.steps or sizes.usual.steps_of(sampler)),
        "eta": "" if eta is None else f"η {plain(eta)}",
        "guidance": tr("guidance {scale}", scale=plain(base.guidance)),
        "seed": tr("seed {seed}", seed=base.seed),
        "size": f"{base.width or sizes.width} × {base.height or sizes.height}",
        "clip_skip": "" if skip in {None, sizes.clip_skip} else tr("clip skip {skip}", skip=skip),
        "vae": "" if base.vae is None else base.vae.name,
        "adapters": _DOT.join(f"{one.name} {plain(one.weight)}" for one in base.adapters),
    }
    without = {"schedule", "eta"} if not alone else set()
    return [word for key, word in words.items() if word and key not in varies | without]


def _time(seconds: float) -> str:
    if seconds < 90:
        return tr("{seconds} s", seconds=max(round(seconds), 1))
    minutes = round(seconds / 60)
    if minutes < 120:
        return tr("{minutes} min", minutes=minutes)
    return tr("{hours} h", hours=f"{minutes / 60:.1f}")


def _size(amount: int) -> str:
    megabytes = max(amount / 2**20, 1)
    return f"{megabytes:.0f} MB" if megabytes < 1000 else f"{megabytes / 1024:.1f} GB"
