"""Muon: momentum whose update is made orthogonal, matrix by matrix.

Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks": the momentum's
singular values are all pushed towards one, so that rare directions learn as fast as common ones.
The step is scaled to AdamW's usual length after Liu et al. 2025, "Muon is Scalable for LLM
Training", section 2.2, so that both can share one learning rate.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.optim.optimizer import ParamsT

_QUINTIC = (3.4445, -4.7750, 2.0315)


def orthogonal(matrix: Tensor, rounds: int = 5) -> Tensor:
    """Return about U V^T of ``matrix`` = U S V^T, (m, n), by Newton-Schulz iteration.

    Every iterate is a polynomial of X X^T times X, so a wide matrix is only touched twice: the
    rounds themselves work on small (m, m) factors.
    """
    one, three, five = _QUINTIC
    x: Tensor = matrix / (matrix.norm() + 1e-7)
    x = x.T if matrix.shape[0] > matrix.shape[1] else x
    gram = x @ x.T
    eye = torch.eye(len(gram), device=gram.device)
    factor = eye
    for _ in range(rounds):
        step = one * eye + three * gram + five * gram @ gram
        factor = step @ factor
        gram = step @ gram @ step
    x = factor @ x  # about U V^T, or its transpose
    return x.T if matrix.shape[0] > matrix.shape[1] else x


class Muon(torch.optim.Optimizer):
    """For weights of two and more dimensions; a kernel counts as a matrix (out, in * k * k).

    Every process holds all momenta, but makes only its share of them orthogonal: the updates are
    then exchanged, which is quicker than computing all of them everywhere.
    """

    def __init__(self, params: ParamsT, lr: float, momentum: float = 0.95) -> None:
        super().__init__(params, {"lr": lr, "momentum": momentum, "weight_decay": 0.01})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # type: ignore[override]  # noqa: ARG002
        """Take one step from the gradients that the parameters hold."""
        owned = [(p, group) for group in self.param_groups for p in group["params"]]
        updates = torch.zeros(sum(p.numel() for p, _ in owned), device=owned[0][0].device)
        start = 0
        mine = _my_share([p for p, _ in owned])
        for number, (parameter, group) in enumerate(owned):
            ahead = self._momentum(parameter, group["momentum"])
            part = updates[start : start + parameter.numel()]
            if number in mine:
                part.copy_(orthogonal(ahead.flatten(1)).flatten())
            start += parameter.numel()
        if dist.is_initialized():
            dist.all_reduce(updates)
        start = 0
        for parameter, group in owned:
            _move(parameter, updates[start : start + parameter.numel()], group)
            start += parameter.numel()

    def _momentum(self, parameter: nn.Parameter, memory: float) -> Tensor:
        """Return Nesterov's momentum of the gradient, and remember it."""
        state = self.state[parameter]
        if not state:
            state["momentum"] = torch.zeros_like(parameter)
        average: Tensor = state["momentum"]
        gradient = torch.zeros_like(average) if parameter.grad is None else parameter.grad
        average.lerp_(gradient, 1.0 - memory)
        return gradient.lerp(average, memory)


def _move(parameter: nn.Parameter, update: Tensor, group: dict[str, Any]) -> None:
    length = 0.2 * max(parameter.flatten(1).shape) ** 0.5
    parameter.mul_(1.0 - group["lr"] * group["weight_decay"])
    parameter.add_(update.view_as(parameter), alpha=-group["lr"] * length)


def _my_share(parameters: list[nn.Parameter]) -> set[int]:
    """Return the places of the matrices that this process is to make orthogonal."""
    if not dist.is_initialized():
        return set(range(len(parameters)))
    loads = [0.0] * dist.get_world_size()
    shares: list[set[int]] = [set() for _ in loads]
    costs = [p.numel() * min(p.flatten(1).shape) for p in parameters]
    for place in sorted(range(len(costs)), key=lambda k: -costs[k]):
        least = loads.index(min(loads))
        loads[least] += costs[place]
        shares[least].add(place)
    return shares[dist.get_rank()]


def is_matrix(name: str, parameter: nn.Parameter) -> bool:
    """Whether Muon suits this weight: hidden layers, not embeddings, first or last layers."""
    outer = ("conv_in", "conv_out", "embedding", "quant_conv")
    return parameter.ndim >= 2 and not any(word in name for word in outer)
