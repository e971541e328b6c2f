"""SwarmUI: JSON under `parameters` or in EXIF, the settings within `sui_image_params`."""

from engine.gallery.findings import Findings
from engine.gallery.formats.carried import Carried
from engine.gallery.formats.values import USUAL, take_values

_KEYS = {
    **USUAL,
    "negative_prompt": "negativeprompt",
    "guidance": "cfgscale",
    "vae": "vae",
    "clip_skip": "clipstopatlayer",
}


def read(carried: Carried) -> Findings | None:
    """Read SwarmUI's settings; its extra data and its models' hashes are kept as they are."""
    for text, values in carried.marked("sui_image_params"):
        settings = values["sui_image_params"]
        if isinstance(settings, dict):
            findings = Findings("SwarmUI", text)
            take_values(findings, settings, _KEYS)
            findings.keep({key: values[key] for key in values if key != "sui_image_params"})
            return findings
    return None
