"""SVG as matplotlib saves it, made fit to stand within a page: bare, and divided if it is long."""

import hashlib
import re
from collections.abc import Sequence
from itertools import pairwise
from xml.etree import ElementTree as ET

__all__ = ["cut", "inline"]

_UNSEEN = ("metadata", "style")
_FONT_FAMILY = re.compile(r"\s*font-family:[^;]*;?")
_LONG_FRACTION = re.compile(r"(\.\d\d)\d+")


def inline(svg: str, alt: str) -> str:
    """Fit an SVG into a page: no prolog, style sheet or metadata; ids of its own, if any."""
    root = ET.fromstring(svg)
    names = _new_ids(root, hashlib.sha256((svg + alt).encode()).hexdigest()[:8])
    box = root.attrib["viewBox"]
    for element in root.iter():
        _tidy(element, names)
    _flatten(root)
    width, height = (round(float(points) * 4 / 3) for points in box.split()[2:])
    root.attrib.clear()
    root.attrib.update(
        {"viewBox": box, "width": f"{width}", "height": f"{height}", "role": "img"}
        | {"aria-label": alt}
    )
    return ET.tostring(root, encoding="unicode")


def cut(svg: str, places: Sequence[float]) -> str:
    """Divide an inlined SVG into strips one below the other, between which a page may end.

    The first strip holds the drawing and its text alternative; the others show their parts of it.

    Args:
        svg: As ``inline`` returns it.
        places: Where to cut, from the top, in the units of its view box; none: it stays whole.
    """
    if not places:
        return svg
    root = ET.fromstring(svg)
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    name = f"strip-{hashlib.sha256(svg.encode()).hexdigest()[:8]}"
    drawing = ET.Element("g", {"id": name})
    drawing.extend(list(root))
    root[:] = [drawing]
    strips = [root]
    for _ in places:
        strips.append(ET.Element("svg", {"aria-hidden": "true"}))
        ET.SubElement(strips[-1], "use", {"href": f"#{name}"})
    for strip, (start, end) in zip(strips, pairwise([0, *places, height]), strict=True):
        box = f"0 {start:.2f} {width:.2f} {end - start:.2f}"
        sizes = {"width": f"{width * 4 / 3:.0f}", "height": f"{(end - start) * 4 / 3:.2f}"}
        strip.attrib.update({"viewBox": box, **sizes})
    return "".join(ET.tostring(strip, encoding="unicode") for strip in strips)


def _new_ids(root: ET.Element, prefix: str) -> dict[str, str]:
    """Map the ids that something refers to, to ids that no other chart of a page has."""
    values = " ".join(value for element in root.iter() for value in element.attrib.values())
    known = {element.get("id") for element in root.iter()}
    return {name: f"{prefix}-{name}" for name in re.findall(r"#([\w-]+)", values) if name in known}


def _tidy(element: ET.Element, names: dict[str, str]) -> None:
    """Take out name spaces, white space, font families, long fractions and unused ids."""
    element.tag, element.tail = element.tag.rpartition("}")[2], None
    if element.tag != "text":
        element.text = None
    attributes = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    element.attrib.clear()
    for key, value in attributes.items():
        if key == "id":
            element.attrib.update({key: names[value]} if value in names else {})
        else:
            element.attrib[key] = _tidy_value(value, names)


def _tidy_value(value: str, names: dict[str, str]) -> str:
    value = re.sub(r"#([\w-]+)", lambda match: f"#{names.get(match[1], match[1])}", value)
    return _LONG_FRACTION.sub(r"\1", " ".join(_FONT_FAMILY.sub("", value).split()))


def _flatten(parent: ET.Element) -> None:
    """Lift what stands in groups that do nothing, and drop what is not seen."""
    children = []
    for child in parent:
        _flatten(child)
        if child.tag == "g" and not child.attrib:
            children += list(child)
        elif not (child.tag in _UNSEEN or child.get("style") == "fill: none"):
            children.append(child)
    parent[:] = [child for child in children if child.tag not in ("g", "defs") or len(child)]
