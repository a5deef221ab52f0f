"""The screens that the skill sends, drawn by Amazon's viewhost in Chromium: what is there, where, and what it sends."""

import json
import re
from collections.abc import Iterator, Mapping
from math import hypot
from typing import Any

import pytest

from simulator.client import AlexaClient
from simulator.entry import load_handler
from skill.adapters.alexa.apl.documents import document
from skill.screen.model import KINDS
from tools.viewhost.draw import FOLDER, PAGE, file_of, read_out
from tools.viewhost.examples import EXAMPLES, screens
from tools.viewhost.host import Viewhost, lint, viewhost
from tools.viewhost.shapes import PICTURED, PORTRAIT, ROUND, SHAPES, SMALL, TV, Shape

pytestmark = pytest.mark.timeout(
    400
)  # everything is drawn once, before the first test; on a busy machine it takes minutes

NEWEST_LINTED = "2024.2"
"""The newest version that apl-suggester knows."""

SMALLEST_LETTERS = 28
SMALLEST_TOUCH = 56

CLOSED = ("emergency", "crisis", "farewell")

Drawn = list[dict[str, Any]]


@pytest.fixture(scope="module")
def directives() -> Mapping[str, Mapping[str, Any]]:
    """What the real handler sends for each example."""
    return screens(load_handler())


@pytest.fixture(scope="module")
def host() -> Iterator[Viewhost]:
    """One viewhost for all drawings."""
    with viewhost() as started:
        yield started


@pytest.fixture(scope="module")
def drawn(host: Viewhost, directives: Mapping[str, Mapping[str, Any]]) -> dict[tuple[str, str], Drawn]:
    """What is drawn of each example on each shape of the pictures. Raises where the viewhost complains."""
    found: dict[tuple[str, str], Drawn] = {}
    for shape in PICTURED:
        for name, directive in directives.items():
            host.draw(directive, shape)
            assert host.errors() == [], (name, shape.name)
            found[name, shape.name] = host.drawn()
    assert host.asked == [], "a screen asked for something from outside"
    return found


def kind(directives: Mapping[str, Mapping[str, Any]], name: str) -> str:
    return str(directives[name]["datasources"]["screen"]["kind"])


def whole(item: Mapping[str, Any]) -> bool:
    """Return whether all of ``item`` is on the screen."""
    return all(abs(item["box"][side] - item["shown"][side]) < 1.5 for side in ("width", "height"))


def strings(value: Any) -> Iterator[str]:
    """Yield every string in ``value``."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(inner)


def touches(items: Drawn) -> dict[str, dict[str, Any]]:
    return {item["label"]: item for item in items if item["kind"] == "touch"}


def texts(items: Drawn) -> list[str]:
    return [item["text"] for item in items if item["kind"] == "text"]


def test_every_kind_of_screen_is_among_the_examples(directives: Mapping[str, Mapping[str, Any]]) -> None:
    assert {kind(directives, name) for name in directives} == set(KINDS)


def test_amazons_lint_has_nothing_to_say() -> None:
    linted = json.loads(lint(json.dumps({name: {**document(name), "version": NEWEST_LINTED} for name in KINDS})))
    assert linted == {name: [] for name in KINDS}


def test_the_lint_sees_what_is_wrong() -> None:
    wrong = {
        **document("question"),
        "version": NEWEST_LINTED,
        "mainTemplate": {"item": {"type": "Text", "fontSize": []}},
    }
    assert json.loads(lint(json.dumps({"wrong": wrong})))["wrong"]


@pytest.mark.parametrize("shape", PICTURED, ids=lambda shape: shape.name)
@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_drawn_is_what_the_screen_says(
    name: str, shape: Shape, drawn: dict[tuple[str, str], Drawn], directives: Mapping[str, Mapping[str, Any]]
) -> None:
    """Every text is one of the data; all that can be touched is drawn with its label, and nothing else is.

    Of a row that can be scrolled the viewhost makes what is on the screen, and a little more.
    """
    screen, items = directives[name]["datasources"]["screen"], drawn[name, shape.name]
    data = [value for value in strings(screen) if value] + ["✓", "?", f"0 / {screen.get('counts')}"]
    assert [text for text in texts(items) if text not in data] == []
    offered = [choice["label"] for part in ("answers", "named") for choice in screen.get(part, ())]
    offered += [f"{item['label']} {screen['hint']}" for item in screen.get("items", ())]
    row = [choice["label"] for choice in screen.get("controls", ())]
    touched = list(touches(items))
    assert [label for label in touched if label not in row] == sorted(offered, key=touched.index)
    reached = [label for label in touched if label in row]
    assert reached == row[: len(reached)]
    assert len(reached) >= min(3, len(row))
    if screen["kind"] in CLOSED:
        assert touched == []


@pytest.mark.parametrize("shape", PICTURED, ids=lambda shape: shape.name)
@pytest.mark.parametrize("name", EXAMPLES)
def test_letters_and_what_is_touched_are_large_enough_and_nothing_runs_out_of_its_frame(
    name: str, shape: Shape, drawn: dict[tuple[str, str], Drawn]
) -> None:
    items = drawn[name, shape.name]
    for item in items:
        if item["kind"] == "text":
            assert item["size"] >= SMALLEST_LETTERS * shape.scale, item["text"]
        if item["kind"] == "touch":
            assert item["box"]["height"] >= SMALLEST_TOUCH * shape.scale, item["label"]
        if item["kind"] != "drawing":
            assert item["box"]["width"] > 0
            assert item["box"]["x"] >= 0


@pytest.mark.parametrize("shape", PICTURED, ids=lambda shape: shape.name)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_answers_are_whole_on_every_screen_and_stand_where_they_stood(
    name: str, shape: Shape, drawn: dict[tuple[str, str], Drawn]
) -> None:
    here, first = touches(drawn[name, shape.name]), touches(drawn["the first question", shape.name])
    for label in ("Yes", "No", "Not sure"):
        if label not in here:
            continue
        assert whole(here[label]), label
        if shape.round:
            assert _farthest(here[label]["box"], shape) <= shape.width / 2 + 6, label  # corners are round as well
        if "Not sure" in here:
            assert here[label]["box"] == pytest.approx(first[label]["box"], abs=1), label


@pytest.mark.parametrize("shape", PICTURED, ids=lambda shape: shape.name)
@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.startswith("an emergency")])
def test_an_emergency_shows_the_number_and_the_phone_without_scrolling(
    name: str, shape: Shape, drawn: dict[tuple[str, str], Drawn], directives: Mapping[str, Mapping[str, Any]]
) -> None:
    screen = directives[name]["datasources"]["screen"]
    items = [item for item in drawn[name, shape.name] if item["kind"] == "text"]
    title, first = items[0], items[1]
    assert screen["calls"][0]["number"] in title["text"]
    assert whole(title)
    assert title["size"] == max(item["size"] for item in items)
    assert first["text"] == screen["sections"][0]["lines"][0]
    assert "phone" in first["text"]
    assert whole(first)


@pytest.mark.parametrize("shape", PICTURED, ids=lambda shape: shape.name)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_question_can_be_read_whole(
    name: str, shape: Shape, drawn: dict[tuple[str, str], Drawn], directives: Mapping[str, Mapping[str, Any]]
) -> None:
    """On a round screen a long question, and the one under a drawing, may need a finger. Else it is all there."""
    screen = directives[name]["datasources"]["screen"]
    ask = screen.get("ask")
    if ask and not (shape.round and (screen["long"] or screen["kind"] == "step")):
        (asked,) = [item for item in drawn[name, shape.name] if item["kind"] == "text" and item["text"] == ask]
        assert whole(asked), ask


@pytest.mark.parametrize("name", EXAMPLES)
def test_everything_is_read_in_one_order_on_every_rectangle(name: str, drawn: dict[tuple[str, str], Drawn]) -> None:
    """What stands first is read first; of the row at the end a wider screen makes more."""
    orders = [read_out(drawn[name, shape.name]) for shape in PICTURED if not shape.round]
    longest = max(orders, key=len)
    assert [order for order in orders if order != longest[: len(order)]] == []


def test_other_sizes_and_the_light_theme_draw_without_a_complaint(
    host: Viewhost, directives: Mapping[str, Mapping[str, Any]]
) -> None:
    for shape in (shape for shape in SHAPES if shape not in PICTURED):
        for name in ("a question in other words", "home care", "a step of guided relief"):
            host.draw(directives[name], shape, "light")
            assert host.errors() == []
            shown = touches(host.drawn())
            assert all(whole(shown[label]) for label in ("Yes", "No"))


@pytest.mark.parametrize("shape", [ROUND, SMALL, PORTRAIT], ids=lambda shape: shape.name)
def test_each_touch_sends_its_act(shape: Shape, host: Viewhost, directives: Mapping[str, Mapping[str, Any]]) -> None:
    for name in ("a question after why", "the read-back", "home care"):
        host.draw(directives[name], shape)
        screen = directives[name]["datasources"]["screen"]
        acts = {
            choice["label"]: choice["touch"] for part in ("answers", "named", "controls") for choice in screen[part]
        }
        acts |= {f"{item['label']} {screen['hint']}": item["touch"] for item in screen.get("items", ())}
        reached = {label: item for label, item in touches(host.drawn()).items() if whole(item)}
        assert {"Yes", "No"} <= set(reached)
        for item in reached.values():
            host.touch(item["shown"])
        assert host.sent() == [acts[label] for label in reached]


def test_a_touch_is_answered_by_the_real_handler_and_the_next_screen_is_drawn(host: Viewhost) -> None:
    client = AlexaClient(handler=load_handler(), device="large screen")
    answered = client.launch()
    for number in (1, 2, 3):
        assert answered.screen
        host.draw(answered.screen, SMALL)
        assert answered.screen["datasources"]["screen"]["progress"]["number"] == number
        assert answered.screen["datasources"]["screen"]["ask"] in texts(host.drawn())
        host.touch(touches(host.drawn())["No"]["shown"])
        (sent,) = host.sent()
        answered = client.touch(sent, answered.screen["token"])
    assert answered.screen
    host.draw(answered.screen, SMALL)
    named = next(choice["label"] for choice in answered.screen["datasources"]["screen"]["named"])
    host.touch(touches(host.drawn())[named]["shown"])
    answered = client.touch(host.sent()[0], answered.screen["token"])
    assert answered.screen
    host.draw(answered.screen, SMALL)
    assert answered.screen["datasources"]["screen"]["kind"] == "emergency"
    assert touches(host.drawn()) == {}


def test_on_a_television_the_keys_of_its_remote_reach_an_answer(
    host: Viewhost, directives: Mapping[str, Mapping[str, Any]]
) -> None:
    host.draw(directives["a question after why"], TV)
    for _ in range(8):
        host.page.keyboard.press("Enter")
        host.page.evaluate("frames()")
        if host.sent():
            break
        host.page.keyboard.press("ArrowDown")
        host.page.evaluate("frames()")
    screen = directives["a question after why"]["datasources"]["screen"]
    assert host.sent()[0] in [choice["touch"] for part in ("answers", "named", "controls") for choice in screen[part]]


def test_guided_relief_writes_counts_and_moves(host: Viewhost, directives: Mapping[str, Mapping[str, Any]]) -> None:
    directive = directives["a step of guided relief"]
    says = [command for command in directive["document"]["onMount"][0]["commands"] if command["type"] == "Say"]
    first = next(command for command in says if command.get("on") == "count")
    said = next(command for command in says if command["at"] == first["at"] and "on" not in command)
    host.draw(directive, SMALL)
    before = _blades(host)
    assert first["text"] not in texts(host.drawn())
    host.until(first["text"])
    assert said["text"] in texts(host.drawn())
    host.page.wait_for_function(
        "(left) => drawn().filter((one) => one.kind === 'drawing').at(-2).box.x > left", arg=before[0]
    )
    after = _blades(host)
    assert after[0] > before[0], "the left blade goes to the right"
    assert after[1] < before[1], "and the right one to the left"


def test_every_example_has_its_picture_and_its_place_on_the_page() -> None:
    """The words on the page and the pixels are of the day on which they were looked at; they are not compared."""
    written = PAGE.read_text("utf-8")
    assert re.findall(r"\(screens/([\w-]+\.jpg)\)", written) == list(map(file_of, EXAMPLES)), "run `make screens`"
    assert {path.name for path in FOLDER.glob("*")} == set(map(file_of, EXAMPLES))


def _farthest(box: Mapping[str, float], shape: Shape) -> float:
    """Return how far the farthest corner of ``box`` is from the middle of the screen."""
    return max(
        hypot(x - shape.width / 2, y - shape.height / 2)
        for x in (box["x"], box["x"] + box["width"])
        for y in (box["y"], box["y"] + box["height"])
    )


def _blades(host: Viewhost) -> tuple[float, float]:
    """Return where the two shoulder blades are: the last drawings of the step."""
    left, right = [item["box"]["x"] for item in host.drawn() if item["kind"] == "drawing"][-2:]
    return left, right
