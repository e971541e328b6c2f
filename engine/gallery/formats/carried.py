"""What a picture carries: its texts by key, and which of them are JSON objects."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.gallery.findings import parsed

Values = Mapping[str, object]
"""A JSON object."""

# Where tools put JSON, the most telling place first; nothing else is parsed.
_PLACES = (
    "parameters",
    "UserComment",
    "sui_image_params",
    "invokeai_metadata",
    "sd-metadata",
    "Comment",
    "prompt",
    "xmp",
    "comment",
    "ImageDescription",
)


@dataclass(frozen=True, slots=True)
class Carried:
    """The texts of one picture; `objects` are those of them that are JSON objects, by key."""

    texts: Mapping[str, str]
    objects: Mapping[str, Values]

    def marked(self, *marks: str) -> Iterator[tuple[str, Values]]:
        """Yield the text and values of each object that has all of these keys."""
        for key, values in self.objects.items():
            if all(mark in values for mark in marks):
                yield self.texts[key], values


def carried(texts: Mapping[str, str]) -> Carried:
    """Parse what is JSON among the texts, each once. Never raises."""
    objects: dict[str, Values] = {}
    for key in _PLACES:
        text = texts.get(key, "").strip(" \t\r\n\0\ufeff")
        values = parsed(text) if text.startswith("{") else None
        if isinstance(values, dict):
            objects[key] = values
    return Carried(texts, objects)


def text_of(values: Mapping[str, str]) -> str:
    """Return texts that belong together as one, a line for each."""
    return "\n".join(f"{key}: {text}" for key, text in values.items())
