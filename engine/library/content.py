"""What a file is that is no safetensors file, by its first bytes: names say nothing."""

_CODE = "Only .safetensors files are opened; most models are offered as one, or ask its author."
_FETCH = "Download it again, from the page's own download link."

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "it is a .ckpt or .pt file or another zip archive, which may run code", _CODE),
    (b"GGUF", "it is a GGUF file, which is not supported", _CODE),
    (b"7z\xbc\xaf\x27\x1c", "it is a 7z archive", "Unpack it first."),
    (b"Rar!", "it is a RAR archive", "Unpack it first."),
    (b"\x1f\x8b", "it is a gzip archive", "Unpack it first."),
    (b"version https://git-lfs", "it is only a pointer to a file that git lfs keeps",
     "Fetch the file itself with git lfs pull."),
    (b"\x89HDF", "it is an HDF5 file, which is not supported", _CODE),
    (b"\x89PNG", "it is a picture", "Choose the model's .safetensors file."),
    (b"\xff\xd8\xff", "it is a picture", "Choose the model's .safetensors file."),
)  # fmt: skip
_PICKLE = ("it is a pickle (.ckpt, .pt, .bin), which may run code", _CODE)
_WEB = (b"<!doctype", b"<html", b"<?xml", b"<head")


def what_it_is(head: bytes) -> tuple[str, str]:
    """Return why a file that begins with `head` (some hundred bytes) is refused, and advice."""
    if not head:
        return "it is empty", _FETCH
    known = [told for beginning, *told in _BEGINNINGS if head.startswith(beginning)]
    if known:
        reason, advice = known[0]
        return reason, advice
    return _PICKLE if _is_pickle(head) else _in_words(head.lstrip().lower())


def _is_pickle(head: bytes) -> bool:
    """Whether it begins as protocols 2 to 5 do, or as the older ones, which are lines of text."""
    return (head[:1] == b"\x80" and b"" < head[1:2] <= b"\5") or (
        head[:1] in b"c(]}" and b"\n" in head
    )


def _in_words(text: bytes) -> tuple[str, str]:
    if text.startswith(_WEB):
        return "it is a web page, not a model", _FETCH
    if text.startswith((b"{", b"[")):
        return "it is text, not a model", _FETCH
    return "it is not a safetensors file", _CODE
