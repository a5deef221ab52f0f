"""A person's name in the store: a hash that needs the key, and outlives a change of keys."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.follow_up.person import KeyFaultError, PersonKeys

OLD, NEW = "o" * 32, "n" * 32
USER = "amzn1.ask.account.SOMEBODY"


def test_the_name_is_the_keyed_hash() -> None:
    (name,) = PersonKeys.parse(OLD).names(USER)
    assert name == hmac.digest(OLD.encode(), USER.encode(), "sha256").hex()


def test_a_new_key_finds_those_of_the_old_one() -> None:
    (before,) = PersonKeys.parse(OLD).names(USER)
    after = PersonKeys.parse(f"{NEW}, {OLD}").names(USER)
    assert after[0] == PersonKeys.parse(NEW).names(USER)[0]
    assert before in after


@given(st.text(min_size=1, max_size=200), st.text(min_size=1, max_size=200))
def test_two_people_never_share_a_name(one: str, other: str) -> None:
    try:
        names = [PersonKeys((OLD,)).names(user)[0] for user in (one, other)]
    except UnicodeEncodeError:
        return
    assert (names[0] == names[1]) is (one == other)
    assert all(len(name) == 64 for name in names)


def test_nobody_has_no_name() -> None:
    with pytest.raises(ValueError, match="names no account"):
        PersonKeys.parse(OLD).names("")


@pytest.mark.parametrize("setting", ["", " , ", "short", f"{OLD},short"])
def test_keys_that_will_not_do_are_refused_without_being_shown(setting: str) -> None:
    with pytest.raises(KeyFaultError) as caught:
        PersonKeys.parse(setting)
    assert "short," not in str(caught.value)
    assert OLD not in str(caught.value)


def test_keys_do_not_show_in_a_traceback() -> None:
    assert OLD not in repr(PersonKeys.parse(OLD))
