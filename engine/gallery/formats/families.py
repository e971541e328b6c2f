"""All families of tools, in the order in which their marks tell most surely."""

from collections.abc import Callable, Mapping

from engine.gallery.findings import Findings
from engine.gallery.formats import (
    a1111,
    civitai,
    comfy,
    draw_things,
    fields,
    fooocus,
    invoke,
    novelai,
    swarm,
)
from engine.gallery.formats.carried import Carried, carried
from engine.gallery.formats.prompting import not_understood
from engine.gallery.own import TOOL

Read = Callable[[Carried], Findings | None]

# A saver of ComfyUI's may write A1111's text beside the graph: it says outright what the graph
# has to be asked for. A text without fields comes last, as it may be about anything.
_READERS: tuple[Read, ...] = (
    swarm.read,
    draw_things.read,
    a1111.read,
    fooocus.read,
    invoke.read,
    civitai.read,
    novelai.read,
    fields.read,
    comfy.read,
    a1111.read_words,
)


def findings_in(texts: Mapping[str, str]) -> Findings | None:
    """Return what a picture's texts tell by any tool's form, None by none. Never raises.

    The texts that it did not come from are kept beside it.
    """
    all_of_it = carried(texts)
    findings = next(filter(None, (read(all_of_it) for read in _READERS)), None)
    if findings is None:
        return None
    if findings.raw in texts.values():
        rest = {key: text for key, text in texts.items() if text != findings.raw}
        findings.others = rest | findings.others
    if findings.tool != TOOL:
        for key in ("prompt", "negative_prompt"):
            for sentence in not_understood(findings.tool, findings.settings.get(key, "")):
                findings.note(sentence)
    return findings
