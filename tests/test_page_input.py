"""Whatever is posted to the page gets an answer or 400 with a sentence, never 500."""

import json
from functools import cache
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from simulator.web.app import create_page

HERE: dict[str, Any] = {"base_url": "http://127.0.0.1:5000", "environ_base": {"REMOTE_ADDR": "127.0.0.1"}}
KEYS = ["said", "silence", "left", "locale", "device", "last", "request", "response", "session", "attributes", "turns"]
LEAVES = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10)),
    st.sampled_from(["x" * 600, "\ud800", "en-US", "speaker", 10**400]),
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6) | st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=8,
)


@cache
def page() -> FlaskClient:
    return create_page().test_client()


@cache
def exchange() -> str:
    """Return a real request of the page and the response to it, as JSON."""
    request = page().post("/api/hear", json={"said": None}, **HERE).get_json()["envelope"]
    return json.dumps({"request": request, "response": page().post("/alexa", json=request, **HERE).get_json()})


@st.composite
def mangled(draw: st.DrawFn, path: str) -> Any:
    """Return what the page posts to ``path``, with some values put in the place of others."""
    last = json.loads(exchange())
    right: dict[str, Any] = {
        "/api/hear": {"said": "no", "last": last, "locale": "en-US", "device": "speaker", "silence": 1, "left": True},
        "/api/heard": last,
        "/api/test": {"turns": [{"said": "no", "first": "Okay.", "card": "Title", "open": True}]},
        "/alexa": last["request"],
    }[path]
    for _ in range(draw(st.integers(1, 3))):
        inner: Any = right
        key: Any = draw(st.sampled_from(sorted(right)))
        while isinstance(inner[key], dict | list) and inner[key] and draw(st.booleans()):
            inner = inner[key]
            key = draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
        inner[key] = draw(ANYTHING)
    return right


@pytest.mark.parametrize("path", ["/api/hear", "/api/heard", "/api/test", "/alexa"])
@given(data=st.data())
def test_bad_input_is_no_fault_of_the_page(path: str, data: st.DataObject) -> None:
    body = data.draw(ANYTHING | mangled(path))
    response = page().post(path, data=json.dumps(body), content_type="application/json", **HERE)
    assert response.status_code in (200, 400, 403)
    if response.status_code != 200:
        assert response.get_json()["error"]


@pytest.mark.parametrize("locale", ["../../x", "%00", "en-XX", "\N{SNOWMAN}", "x" * 5_000])
def test_a_locale_that_there_is_not_is_no_fault_of_the_page(locale: str) -> None:
    response = page().get("/api/setup", query_string={"locale": locale}, **HERE)
    assert response.status_code == 400
