"""Captions in Simplified Chinese: sentences, lists of keywords, single words."""

from __future__ import annotations

import random

from engine.training.phrases import Caption, Part, Surroundings, join, keep_some
from engine.training.scene import Scene

_AROUND = Surroundings(
    times={
        "day": ("白天", "白天", "中午", "大白天"),
        "sunrise": ("日出", "日出时", "清晨", "早晨", "黎明"),
        "sunset": ("日落", "日落时", "黄昏", "傍晚", "夕阳下"),
        "night": ("夜晚", "夜里", "晚上", "深夜", "午夜"),
    },
    weathers={
        "clear": ("晴朗", "晴空", "万里无云", "天空晴朗"),
        "cloudy": ("多云", "有云", "天上有云", "云朵"),
        "rainy": ("下雨", "雨天", "雨中", "下着雨"),
        "snowy": ("下雪", "飘着雪", "雪花飘落", "下着雪"),
        "foggy": ("有雾", "大雾", "雾中", "雾天"),
    },
    stars=("星空", "满天星星", "繁星", "星空下"),
    seasons={
        "spring": ("春天", "春天", "春季", "春日"),
        "summer": ("夏天", "夏天", "夏季"),
        "autumn": ("秋天", "秋天", "秋季", "秋日"),
        "winter": ("冬天", "冬天", "冬季", "冬日"),
    },
    lights={
        "sun": ("太阳", "有太阳", "天上有太阳", "大太阳"),
        "moon": ("满月", "圆月", "有月亮", "月光下"),
        "crescent": ("月牙", "弯月", "一弯新月", "有月牙"),
    },
    reliefs={
        "hills": ("小山", "丘陵", "后面有小山", "远处是丘陵"),
        "mountains": ("群山", "远山", "后面有山", "远处有山"),
        "peaks": ("雪山", "雪山", "后面有雪山", "远处是雪山"),
    },
    places={
        "left": ("左边", "在左边", "左侧", "画面左边"),
        "middle": ("中间", "在中间", "中央", "画面中间"),
        "right": ("右边", "在右边", "右侧", "画面右边"),
    },
    grounds={
        "sea": ("海上", "海上", "海面上", "大海上", "水面上"),
        "meadow": ("草地上", "草地上", "草原上", "田野里"),
        "desert": ("沙漠里", "沙漠中", "沙地上", "沙丘上"),
        "snow": ("雪地里", "雪地上", "雪地里", "雪地中"),
    },
    shore=("海边", "小岛上", "海中的小岛上", "海里"),
    above={
        "sea": ("海面上空", "海上", "大海上空"),
        "meadow": ("草地上空", "草原上空", "田野上空"),
        "desert": ("沙漠上空", "沙漠上空", "沙丘上空"),
        "snow": ("雪地上空", "雪地上空", "雪原上空"),
    },
)  # fmt: skip
_BARE: dict[str, tuple[str, ...]] = {
    "sea": ("大海", "海", "海洋", "平静的海面"),
    "meadow": ("草地", "草原", "田野", "一片草地"),
    "desert": ("沙漠", "沙丘", "一片沙漠", "空旷的沙漠"),
    "snow": ("雪地", "雪原", "一片雪地", "冬天的雪景"),
}
#: Each subject's names, and its measure word.
SUBJECTS: dict[str, tuple[tuple[str, ...], str]] = {
    "boat": (("帆船", "帆船", "船", "小船"), "艘"),
    "house": (("房子", "房子", "小屋", "房屋", "小房子"), "座"),
    "lighthouse": (("灯塔",), "座"),
    "balloon": (("热气球", "热气球", "气球"), "个"),
    "pine": (("松树", "松树", "青松"), "棵"),
    "palm": (("棕榈树", "椰子树", "棕榈"), "棵"),
    "cactus": (("仙人掌",), "棵"),
    "tree": (("树", "大树", "树木"), "棵"),
    "windmill": (("风车",), "座"),
    "duck": (("鸭子", "小鸭子", "鸭"), "只"),
    "snowman": (("雪人",), "个"),
}
_SEASON_TREES = {"spring": "樱花树", "summer": "绿树", "autumn": "枫树", "winter": "光秃秃的树"}
_COLOURS: dict[str, tuple[str, ...]] = {
    "red": ("红色", "红色", "红"),
    "orange": ("橙色", "橙色", "橘色"),
    "yellow": ("黄色", "黄色", "黄"),
    "green": ("绿色", "绿色", "绿"),
    "blue": ("蓝色", "蓝色", "蓝"),
    "purple": ("紫色", "紫色", "紫"),
    "pink": ("粉色", "粉红色", "粉"),
    "white": ("白色", "白色", "白"),
}
_NUMBERS: dict[str, tuple[str, ...]] = {
    "one": ("一", "一", "1"),
    "two": ("两", "两", "2"),
    "three": ("三", "三", "3"),
}
_STYLES: dict[str, tuple[str, ...]] = {
    "postcard": ("明信片", "平面插画", "扁平风格"),
    "watercolour": ("水彩画", "水彩", "水彩风格"),
    "neon": ("霓虹", "霓虹灯", "霓虹风格"),
    "pixel": ("像素画", "像素风", "像素风格"),
}


def describe(scene: Scene, rng: random.Random, *, styled: bool) -> Caption:
    """Return a caption of ``scene``; ``styled`` says whether it tells the drawing style."""
    head, others = _head(scene, rng), _AROUND.phrases(scene, rng)
    form = rng.random()
    if form < 0.55:
        caption = _sentence(head, others, rng)
    elif form < 0.87:
        caption = _list(head, others, rng)
    else:
        caption = _short(head, others, rng)
    return _style(caption, scene, rng) if styled else caption


def _head(scene: Scene, rng: random.Random) -> Part:
    """The subject, with its colour four times in five, and how many there are."""
    if scene.subject == "none":
        return rng.choice(_BARE[scene.ground]), ("ground", "subject")
    told = ["subject"]
    nouns, measure = SUBJECTS[scene.subject]
    noun = rng.choice(nouns)
    if scene.subject == "tree" and rng.random() < 0.4:
        noun = _SEASON_TREES[scene.season]
        told.append("season")
    if scene.colour != "none" and rng.random() < 0.82:
        told.append("colour")
        colour = rng.choice(_COLOURS[scene.colour])
        noun = colour + ("的" if colour.endswith("色") and rng.random() < 0.6 else "") + noun
    if rng.random() < (0.6 if scene.count == "one" else 0.92):
        told.append("count")
        noun = rng.choice(_NUMBERS[scene.count]) + measure + noun
    return noun, tuple(told)


def _sentence(head: Part, others: dict[str, Part], rng: random.Random) -> Caption:
    """Like "日落时海上的两艘红色帆船，左边，远处有山": when, where, what, then the rest."""
    kept = keep_some(others, rng)
    before = [others[name] for name in ("season", "time", "ground") if name in kept]
    after = [others[name] for name in kept if name not in ("season", "time", "ground")]
    rng.shuffle(after)
    link = rng.choice(("的", "的", "有", "，")) if before else ""
    opening = join([*before, (link, ()), head], "")
    return join([(opening.text, tuple(opening.tells)), *after], "，")


def _list(head: Part, others: dict[str, Part], rng: random.Random) -> Caption:
    """Like "夜晚，海上，红色帆船，满月，群山"."""
    parts = [head, *(part for part in others.values() if rng.random() < 0.7)]
    if rng.random() < 0.6:
        rng.shuffle(parts)
    return join(parts, rng.choice(("，", "，", " ", ",", "、")))


def _short(head: Part, others: dict[str, Part], rng: random.Random) -> Caption:
    """Like "帆船", "夜晚", "日出的沙漠"."""
    first = rng.choice([head, head, head, *others.values()])
    if first is head and rng.random() < 0.5:
        return join([others["time"], head], "的")
    return join([first], "")


def _style(caption: Caption, scene: Scene, rng: random.Random) -> Caption:
    name = rng.choice(_STYLES[scene.style])
    text = f"{caption.text}，{name}" if rng.random() < 0.65 else f"{name}，{caption.text}"
    return Caption(text, caption.tells | {"style"})
