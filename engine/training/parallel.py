"""Data parallelism without threads: single-thread processes that average their gradients.

Two OpenMP threads wait for each other hundreds of times a step, which collapses as soon as
anything else wants a core; two processes meet once a step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from multiprocessing import parent_process
from pathlib import Path

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.multiprocessing.spawn import spawn

from engine.training.plan import Plan

Worker = Callable[[Plan, int], None]


def launch(worker: Worker, plan: Plan) -> None:
    """Run ``worker(plan, rank)`` in ``plan.machine.processes`` processes and wait for them all."""
    count = plan.machine.processes
    if count == 1:
        worker(plan, 0)
        return
    meeting = plan.work / "meeting"
    meeting.unlink(missing_ok=True)
    spawn(_enter, args=(worker, plan, meeting), nprocs=count)  # type: ignore[no-untyped-call]
    meeting.unlink(missing_ok=True)


def _enter(rank: int, worker: Worker, plan: Plan, meeting: Path) -> None:
    torch.set_num_threads(1)
    dist.init_process_group(
        "gloo",
        init_method=f"file://{meeting}",
        rank=rank,
        world_size=plan.machine.processes,
        timeout=timedelta(minutes=30),
    )
    try:
        worker(plan, rank)
    finally:
        dist.destroy_process_group()


def deserted() -> bool:
    """Whether the process that launched this one has been killed: nobody waits for it any more."""
    parent = parent_process()
    return parent is not None and not parent.is_alive()


class Gradients:
    """All gradients of a model in one vector, so that one exchange a step averages them.

    A few scalars ride along (the loss, how much of the budget is spent): after ``average`` every
    process holds the same numbers and therefore takes the same decisions.
    """

    def __init__(self, parameters: Iterable[nn.Parameter], extras: int) -> None:
        owners = [p for p in parameters if p.requires_grad]
        total = sum(p.numel() for p in owners)
        self._flat = torch.zeros(total + extras, device=owners[0].device)
        self._total = total
        start = 0
        for parameter in owners:
            part = self._flat[start : start + parameter.numel()]
            parameter.grad = part.view_as(parameter)
            start += parameter.numel()

    def clear(self) -> None:
        """Set every gradient to zero, keeping the shared storage."""
        self._flat.zero_()

    def average(self, extras: list[float]) -> list[float]:
        """Replace gradients by their mean over the processes; return the means of ``extras``."""
        self._flat[self._total :] = torch.tensor(extras)
        if dist.is_initialized():
            dist.all_reduce(self._flat)
            self._flat /= dist.get_world_size()
        return [float(value) for value in self._flat[self._total :]]

    def clip(self, limit: float) -> Tensor:
        """Shrink the gradient to the norm ``limit`` where it is longer; return its norm."""
        gradient = self._flat[: self._total]
        norm: Tensor = gradient.norm()
        gradient *= (limit / (norm + 1e-6)).clamp(max=1.0)
        return norm


def agree(module: nn.Module) -> None:
    """Give every process the weights of process 0."""
    if dist.is_initialized():
        for tensor in module.state_dict().values():
            dist.broadcast(tensor, 0)
