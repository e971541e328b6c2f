"""Tensors in a .pt file, read without running it.

A .pt file is a zip archive of a pickle, a program that builds what was saved, and of the numbers.
Here its instructions are read one by one, by our own few rules; Python's unpickler is never
called. Whatever would import, call or set anything else is refused.
"""

import math
import pickletools
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.library.plan import unusable

Array = NDArray[np.float32]

_LARGEST_PROGRAM = 2**20
_LARGEST = 64 * 2**20
_MOST_ENTRIES = 1000
_ADVICE = "Ask its author for a .safetensors file."
_STORAGES = {
    "torch FloatStorage": ("<f4", 4),
    "torch HalfStorage": ("<f2", 2),
    "torch DoubleStorage": ("<f8", 8),
    "torch BFloat16Storage": ("<u2", 2),
}
_TENSOR, _PARAMETER = "torch._utils _rebuild_tensor_v2", "torch._utils _rebuild_parameter"
_TABLE = "collections OrderedDict"
_PARAMETERS = "torch.nn.modules.container ParameterDict"
_SET = "__builtin__ set"
"""An empty one is in what torch 2 keeps beside the parameters of a table."""
_KNOWN = {*_STORAGES, _SET, _TENSOR, _PARAMETER, _TABLE, _PARAMETERS}


@dataclass(frozen=True, slots=True)
class _Name:
    """Something that the program asks for by its name; it stays a name."""

    name: str


@dataclass(frozen=True, slots=True)
class _Storage:
    """Numbers in the archive: of what kind, under which name, how many."""

    kind: str
    key: str
    count: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    """A part of a storage."""

    storage: _Storage
    start: int
    shape: tuple[int, ...]


class _NotOurs(Exception):
    """The program does what no file of tensors needs."""


def read_pickled(path: Path) -> Any:
    """Return what a .pt file holds: tables, lists and plain values, its tensors as float32.

    Raises CheckpointError, with the reason, for anything but tensors and such values.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _opened(archive)
    except _NotOurs as error:
        raise unusable(path, f"it is a pickle that {error}", _ADVICE) from error
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise unusable(path, "it is damaged") from error
    except (LookupError, TypeError, ValueError, RecursionError, OverflowError) as error:
        raise unusable(path, "the pickle in it is damaged", _ADVICE) from error


def _opened(archive: zipfile.ZipFile) -> Any:
    names = archive.namelist()
    programs = [name for name in names if name.rpartition("/")[2] == "data.pkl"]
    if len(names) > _MOST_ENTRIES or len(programs) != 1:
        raise _NotOurs("is not laid out as torch does it")
    home = programs[0].removesuffix("data.pkl")
    program = _entry(archive, programs[0], _LARGEST_PROGRAM)
    return _filled(_Machine().run(program), lambda one: _array(archive, home, one))


def _entry(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    if archive.getinfo(name).file_size > largest:
        raise _NotOurs("is larger than any real one")
    with archive.open(name) as entry:
        return entry.read(largest)


def _array(archive: zipfile.ZipFile, home: str, tensor: _Tensor) -> Array:
    dtype, size = _STORAGES[tensor.storage.kind]
    data = _entry(archive, f"{home}data/{tensor.storage.key}", _LARGEST)
    count = math.prod(tensor.shape)
    if len(data) < tensor.storage.count * size or tensor.start + count > tensor.storage.count:
        raise _NotOurs("names more numbers than are there")
    numbers = np.frombuffer(data, dtype, count, tensor.start * size)
    return widened(numbers, tensor.storage.kind == "torch BFloat16Storage").reshape(tensor.shape)


def widened(numbers: NDArray[Any], is_bfloat16: bool) -> Array:  # noqa: FBT001
    """Return numbers as float32; bfloat16, which numpy has not, is its upper half."""
    if is_bfloat16:
        return (numbers.astype(np.uint32) << 16).view(np.float32)
    return numbers.astype(np.float32)


def _filled(value: Any, array: Callable[[_Tensor], Array]) -> Any:
    """Put the numbers where the tensors are; what tables hold more than once is one thing still."""
    made: dict[int, Any] = {}

    def fill(one: Any) -> Any:
        if isinstance(one, _Tensor):
            return array(one)
        if not isinstance(one, dict):
            return one
        if id(one) not in made:
            made[id(one)] = table = {}
            table.update({key: fill(inner) for key, inner in one.items()})
        return made[id(one)]

    return fill(value)


class _Machine:
    """A pickle's stack and memory."""

    def __init__(self) -> None:
        self._stack: list[Any] = []
        self._marks: list[int] = []
        self._memo: dict[int, Any] = {}

    def run(self, program: bytes) -> Any:
        """Follow the instructions; return what they leave. Raises _NotOurs for any other."""
        for instruction, argument, _ in pickletools.genops(program):
            if instruction.name == "STOP":
                return self._stack.pop()
            if instruction.name in _LITERALS:
                self._stack.append(argument)
            elif instruction.name in _CONSTANTS:
                self._stack.append(_CONSTANTS[instruction.name]())
            elif instruction.name in _RULES:
                _RULES[instruction.name](self, argument)
            else:
                raise _NotOurs(f"does what no tensors need ({instruction.name})")
        raise _NotOurs("has no end")

    def nothing(self, _: Any) -> None:
        pass

    def mark(self, _: Any) -> None:
        self._marks.append(len(self._stack))

    def since_mark(self) -> list[Any]:
        start = self._marks.pop()
        taken, self._stack[start:] = self._stack[start:], []
        return taken

    def pack(self, count: int | None) -> None:
        taken = self.since_mark() if count is None else self.popped(count)
        self._stack.append(tuple(taken))

    def popped(self, count: int) -> list[Any]:
        return [self._stack.pop() for _ in range(count)][::-1]

    def put_items(self, pairs: list[Any]) -> None:
        table = self._stack[-1]
        if not isinstance(table, dict):
            raise TypeError("not a table")
        for key, value in zip(pairs[::2], pairs[1::2], strict=True):
            if not isinstance(key, str | int):
                raise TypeError("not a key")
            table[key] = value

    def append(self, values: list[Any]) -> None:
        if not isinstance(self._stack[-1], list):
            raise TypeError("not a list")
        self._stack[-1].extend(values)

    def keep(self, place: int | None) -> None:
        self._memo[len(self._memo) if place is None else place] = self._stack[-1]

    def fetch(self, place: int) -> None:
        self._stack.append(self._memo[place])

    def name(self, argument: str | None) -> None:
        name = " ".join(self.popped(2)) if argument is None else argument
        if name not in _KNOWN:
            asked = "".join(c if c.isprintable() else "?" for c in name.replace(" ", "."))[:60]
            raise _NotOurs(f"asks for {asked}, which may run code")
        self._stack.append(_Name(name))

    def storage(self, _: Any) -> None:
        match self._stack.pop():
            case ("storage", _Name(kind), str(key), str(), int(count)) if kind in _STORAGES:
                self._stack.append(_Storage(kind, key, count))
            case _:
                raise _NotOurs("has numbers of a kind that is not known")

    def call(self, _: Any) -> None:
        asked, arguments = self.popped(2)
        match asked, arguments:
            case _Name(name), (_Storage() as storage, int(start), tuple(shape), tuple(stride), *_):
                if name == _TENSOR:
                    self._stack.append(_tensor(storage, start, shape, stride))
                    return
            case _Name(name), (_Tensor() as tensor, *_) if name == _PARAMETER:
                self._stack.append(tensor)
                return
            case _Name(name), () if name in {_TABLE, _PARAMETERS}:
                self._stack.append({})
                return
            case _Name(name), ([],) if name == _SET:
                self._stack.append(())
                return
        raise _NotOurs("builds what is no tensor")

    def build(self, _: Any) -> None:
        """Give a table of parameters, as torch 1 saved it, what it holds."""
        table, state = self.popped(2)
        match state:
            case {"_parameters": dict(parameters)} if isinstance(table, dict):
                table.update(parameters)
                self._stack.append(table)
            case _:
                raise _NotOurs("builds what is no tensor")


def _tensor(storage: _Storage, start: int, shape: tuple[Any, ...], stride: object) -> _Tensor:
    plain = tuple(math.prod(shape[k + 1 :]) for k in range(len(shape)))
    if not all(type(n) is int and 0 < n < 2**31 for n in (start + 1, storage.count, *shape)):
        raise _NotOurs("has a tensor of no sane size")
    if stride != plain:
        raise _NotOurs("has a tensor whose numbers do not lie in a row")
    return _Tensor(storage, start, shape)


_LITERALS = {
    "BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT", "BINUNICODE", "SHORT_BINUNICODE",
    "SHORT_BINSTRING", "BINSTRING",
}  # fmt: skip
_CONSTANTS: Mapping[str, Callable[[], Any]] = {
    "NONE": lambda: None, "NEWTRUE": lambda: True, "NEWFALSE": lambda: False,
    "EMPTY_DICT": dict, "EMPTY_LIST": list, "EMPTY_TUPLE": tuple,
}  # fmt: skip
_RULES: Mapping[str, Callable[[_Machine, Any], None]] = {
    "PROTO": _Machine.nothing,
    "FRAME": _Machine.nothing,
    "MARK": _Machine.mark,
    "TUPLE": lambda machine, _: machine.pack(None),
    "TUPLE1": lambda machine, _: machine.pack(1),
    "TUPLE2": lambda machine, _: machine.pack(2),
    "TUPLE3": lambda machine, _: machine.pack(3),
    "SETITEM": lambda machine, _: machine.put_items(machine.popped(2)),
    "SETITEMS": lambda machine, _: machine.put_items(machine.since_mark()),
    "APPEND": lambda machine, _: machine.append(machine.popped(1)),
    "APPENDS": lambda machine, _: machine.append(machine.since_mark()),
    "BINPUT": _Machine.keep,
    "LONG_BINPUT": _Machine.keep,
    "MEMOIZE": _Machine.keep,
    "BINGET": _Machine.fetch,
    "LONG_BINGET": _Machine.fetch,
    "GLOBAL": _Machine.name,
    "STACK_GLOBAL": _Machine.name,
    "BINPERSID": _Machine.storage,
    "REDUCE": _Machine.call,
    "NEWOBJ": _Machine.call,
    "BUILD": _Machine.build,
}
