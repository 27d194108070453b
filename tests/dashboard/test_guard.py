"""Who is let in: places, rates and sizes are bounded, strangers' headers are not believed, refusals are in words."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.types import Message, Receive, Scope, Send

from kastje.dashboard.server.buckets import MOST_ADDRESSES, Buckets, neighbourhood
from kastje.dashboard.server.guard import Guard, believed, same_site
from kastje.dashboard.server.limits import Limits, variables
from kastje.dashboard.server.refusal import KEYS, language_of, page

FEW = Limits(most_visitors=1, requests_per_second=1, requests_at_once=10, connections_at_once=2, upload_kilobytes=1)


def scope_of(path: str = "/", kind: str = "http", query: bytes = b"", **headers: str) -> Scope:
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": kind,
        "method": "GET",
        "scheme": "http" if kind == "http" else "ws",
        "path": path,
        "query_string": query,
        "headers": given,
        "client": ("192.0.2.1", 1),
        "extensions": {"websocket.http.response": {}} if kind == "websocket" else {},
    }


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"fine"})


async def reads_all(scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass
    await nothing(scope, receive, send)


async def fails(scope: Scope, receive: Receive, send: Send) -> None:
    raise RuntimeError("a secret")


def ask(guard: Guard, scope: Scope, messages: list[Message] | None = None) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of the answer."""
    sent: list[Message] = []
    given = iter(messages or [{"type": "http.request", "body": b""}])

    async def receive() -> Message:
        return next(given)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(guard(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(one.get("body", b"") for one in sent[1:]).decode()


def test_an_address_that_asks_too_often_waits_in_words_and_another_does_not() -> None:
    guard = Guard(nothing, FEW)
    assert [ask(guard, scope_of())[0] for _ in range(10)] == [200] * 10
    status, headers, body = ask(guard, scope_of(query=b"lang=en"))
    assert status == 429
    assert "A little slower" in body
    assert 'http-equiv="refresh"' in body
    assert int(headers["retry-after"]) >= 1
    assert ask(guard, {**scope_of(), "client": ("192.0.2.2", 1)})[0] == 200
    assert ask(guard, scope_of("/healthz"))[0] == 200


def test_a_bucket_fills_again_and_addresses_are_forgotten() -> None:
    now = [0.0]
    bucket = Buckets(per_second=2, at_once=1, clock=lambda: now[0])
    assert bucket.wait("a") == 0
    assert bucket.wait("a") == pytest.approx(0.5)
    now[0] = 0.5
    assert bucket.wait("a") == 0
    for number in range(MOST_ADDRESSES + 5):
        bucket.wait(str(number))
    assert len(bucket._left) == MOST_ADDRESSES


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("<script>", "unknown"),
        ("", "unknown"),
    ],
)
def test_what_counts_as_one_address(address: str, counted: str) -> None:
    assert neighbourhood(address) == counted


def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not() -> None:
    status, _, body = ask(Guard(reads_all, FEW), scope_of(content_length="1001"))
    assert (status, "te groot" in body) == (413, True)
    assert ask(Guard(reads_all, FEW), scope_of(content_length="-5"))[0] == 413
    part = {"type": "http.request", "body": b"x" * 600, "more_body": True}
    assert ask(Guard(reads_all, FEW), scope_of(), [part, part, part])[0] == 413
    assert ask(Guard(reads_all, FEW), scope_of(), [part, {**part, "body": b"", "more_body": False}])[0] == 200


def test_a_failure_is_a_page_in_words(caplog: pytest.LogCaptureFixture) -> None:
    status, headers, body = ask(Guard(fails, FEW), scope_of(accept_language="fr, en;q=0.8"))
    assert status == 500
    assert "Something went wrong" in body
    assert "secret" not in body
    assert "a secret" in caplog.text
    assert headers["cache-control"] == "no-store"


class Place:
    """A connection that stays until it is let go."""

    def __init__(self) -> None:
        self.inside = asyncio.Event()
        self.go = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await nothing(scope, receive, send)
            return
        self.inside.set()
        await self.go.wait()


def connections(limits: Limits, script: Callable[[Guard, Place], Awaitable[None]]) -> None:
    async def run() -> None:
        place = Place()
        await script(Guard(place, limits), place)

    asyncio.run(run())


async def knock(guard: Guard, **headers: str) -> list[Message]:
    """What a websocket gets to hear until it ends."""
    heard: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        heard.append(message)

    await guard(scope_of("/jupyter/api/kernels/x/channels", "websocket", **headers), receive, send)
    return heard


def test_a_full_house_says_so_and_the_place_comes_free() -> None:
    async def script(guard: Guard, place: Place) -> None:
        first = asyncio.create_task(knock(guard))
        await place.inside.wait()
        assert guard.visitors == 1
        refused = await knock(guard)
        assert refused[0]["type"] == "websocket.http.response.start"
        assert refused[0]["status"] == 503
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        await guard(scope_of(query=b"lang=en&s=1"), None, send)  # type: ignore[arg-type]
        assert sent[0]["status"] == 503
        assert b"It is too busy" in sent[1]["body"]
        assert b'http-equiv="refresh"' in sent[1]["body"]
        place.go.set()
        assert await first == []
        assert guard.visitors == 0
        assert await knock(guard) == []

    connections(Limits(most_visitors=1), script)


def test_new_connections_of_one_address_are_counted() -> None:
    async def script(guard: Guard, place: Place) -> None:
        place.go.set()
        assert await knock(guard) == await knock(guard) == []
        assert (await knock(guard))[0]["status"] == 429

    connections(FEW, script)


def test_another_site_cannot_connect() -> None:
    async def script(guard: Guard, place: Place) -> None:
        place.go.set()
        assert (await knock(guard, host="kastje.test", origin="https://elsewhere.test"))[0]["status"] == 403
        assert await knock(guard, host="kastje.test", origin="https://kastje.test") == []

    connections(FEW, script)
    assert same_site([(b"host", b"a:1")])
    assert not same_site([(b"host", b"a:1"), (b"origin", b"null")])


def test_a_message_that_is_too_large_ends_the_connection() -> None:
    async def run() -> list[Message]:
        guard = Guard(nothing, FEW)
        given = iter([{"type": "websocket.receive", "text": "x" * size} for size in (10, FEW.message_bytes + 1)])

        async def receive() -> Message:
            return next(given)

        paced = guard._paced(receive)
        return [await paced(), await paced()]

    small, large = asyncio.run(run())
    assert small["type"] == "websocket.receive"
    assert large == {"type": "websocket.disconnect", "code": 1009}


def test_headers_of_strangers_are_not_believed() -> None:
    told = {"x_forwarded_for": "198.51.100.9", "x_forwarded_proto": "https", "script_name": "/evil"}
    scope = believed(scope_of(**told), trusted=False)
    assert scope["headers"] == []
    assert scope["client"][0] == "192.0.2.1"
    assert scope["scheme"] == "http"


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_wrote() -> None:
    told = {"x_forwarded_for": "10.0.0.1, 198.51.100.9", "x_forwarded_proto": "https", "x_script_name": "/evil"}
    scope = believed(scope_of(**told), trusted=True)
    assert scope["client"][0] == "198.51.100.9"
    assert scope["scheme"] == "https"
    assert b"x-script-name" not in dict(scope["headers"])
    assert believed(scope_of(kind="websocket", **told), trusted=True)["scheme"] == "wss"


@pytest.mark.parametrize("status", sorted(KEYS))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_refusal_is_a_whole_page(status: int, language: str) -> None:
    text = page(status, language).decode()
    assert f'<html lang="{language}">' in text
    assert text.count("<h1>") == text.count("<main>") == 1
    assert "<script" not in text


def test_the_language_of_a_refusal() -> None:
    assert language_of(b"lang=en") == "en"
    assert language_of(b"", [(b"accept-language", b"de-DE, en-GB;q=0.7, nl;q=0.3")]) == "en"
    assert language_of(b"lang=nl", [(b"accept-language", b"en")]) == "nl"
    assert language_of(b"", [(b"accept-language", b"fr")]) == "nl"


def test_limits_come_from_the_environment() -> None:
    assert Limits.from_environment({}) == Limits()
    assert Limits.from_environment({"KASTJE_MOST_VISITORS": "5"}).most_visitors == 5
    for text in ("0", "-1", "x", "1.5", ""):
        with pytest.raises(ValueError, match="KASTJE_IDLE_MINUTES"):
            Limits.from_environment({"KASTJE_IDLE_MINUTES": text})
    assert len({name for _, name in variables()}) == len(variables())
