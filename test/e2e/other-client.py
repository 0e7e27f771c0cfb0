"""
A client of the live protocol in another language, by its document (/api/docs/live) alone: signs in, joins a
workspace, posts, survives cuts, and prints what it saw as JSON. Needs Debian's python3-socketio and python3-aiohttp.

    SIMPUL_PASSWORD=… python3 other-client.py --url https://simpul.example --login yudi@… --task TGS-2026-0001 \
        --post 20 --until "the text of a message"
"""

import argparse
import asyncio
import json
import os
import random
import uuid

import aiohttp
import socketio

ANSWER_SECONDS = 10
HOLE_SECONDS = 0.15
IN_FLIGHT = 8
HELD = 500


def usual_pause(attempt):
    return min(10, 0.5 * 2 ** min(attempt, 10)) * (0.5 + random.random())


class History:
    """Applies cursor + 1 and nothing else; holds what is early; knows when something is missing."""

    def __init__(self):
        self.cursor = None
        self.epoch = None  # heard last; may be newer than the cursor's
        self.heard = 0
        self.early = {}
        self.log = []

    def saw(self, epoch, seq):
        if epoch != self.epoch:
            self.epoch, self.heard, self.early = epoch, 0, {}
        self.heard = max(self.heard, seq)

    def take(self, epoch, events):
        for event in events:
            self.saw(epoch, event["seq"])
            if len(self.early) < HELD:
                self.early[event["seq"]] = event
        self.step()

    def reset(self, snapshot):
        epoch, seq = snapshot["epoch"], snapshot["state"]["seq"]
        if self.cursor and self.cursor["epoch"] == epoch and self.cursor["seq"] > seq:
            return  # live events were faster than the snapshot
        self.saw(epoch, seq)
        self.cursor = {"epoch": epoch, "seq": seq}
        self.log = []
        self.step()

    def step(self):
        if not self.cursor or self.cursor["epoch"] != self.epoch:
            return
        while self.cursor["seq"] + 1 in self.early:
            event = self.early.pop(self.cursor["seq"] + 1)
            self.cursor = {"epoch": self.epoch, "seq": event["seq"]}
            self.log.append(event)
        self.early = {seq: event for seq, event in self.early.items() if seq > self.cursor["seq"]}

    @property
    def is_behind(self):
        return self.cursor is None or self.cursor["epoch"] != self.epoch or self.heard > self.cursor["seq"]


class Client:
    def __init__(self, options):
        self.options = options
        self.history = History()
        self.wishes = []  # in the order of writing; kept until answered
        self.workspace = self.thread = None
        self.sio, self.lost, self.is_joined = None, asyncio.Event(), False
        self.joining, self.hole = asyncio.Lock(), None
        self.pause_wanted = None
        self.changed = asyncio.Event()
        self.report = {"connections": 0, "joins": [], "resent": 0, "repeated": 0, "refused": []}

    async def run(self):
        self.cookie, self.person = await self.sign_in()
        while not self.is_done():
            attempt = 0
            while not await self.connect():
                await asyncio.sleep(usual_pause(attempt))
                attempt += 1
            await self.live_until_lost()
            pause, self.pause_wanted = self.pause_wanted, None
            if not self.is_done():
                await asyncio.sleep(usual_pause(0) if pause is None else pause)
        return {**self.report, "events": self.history.log}

    def is_done(self):
        bodies = [e["data"]["message"]["body"] for e in self.history.log if e["type"] == "message.posted"]
        return self.options.until in bodies and all(wish["state"] == "done" for wish in self.wishes)

    async def sign_in(self):
        headers = {"Origin": self.options.origin}
        credentials = {"login": self.options.login, "password": os.environ["SIMPUL_PASSWORD"]}
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            async with http.post(f"{self.options.url}/api/session", json=credentials, headers=headers) as answer:
                answer.raise_for_status()
                cookie = answer.cookies["simpul_session"].value
                return f"simpul_session={cookie}", (await answer.json())["person"]["id"]

    # ---------- the connection ----------

    async def connect(self):
        sio = socketio.AsyncClient(reconnection=False)
        refusal = {}
        self.lost = asyncio.Event()
        lost = self.lost
        sio.on("connect_error", lambda data=None: refusal.update(data if isinstance(data, dict) else {}))
        sio.on("disconnect", lambda: lost.set())
        sio.on("workspace.events", self.on_events)
        sio.on("workspace.head", lambda head: self.on_head(head["epoch"], head["seq"]))
        sio.on("workspace.closed", self.on_closed)
        sio.on("go_away", self.on_go_away)
        sio.on("signed-out", lambda notice: os._exit(3))
        try:
            headers = {"Origin": self.options.origin, "Cookie": self.cookie}
            await sio.connect(self.options.url, headers=headers, transports=["websocket"], wait_timeout=ANSWER_SECONDS)
        except socketio.exceptions.ConnectionError:
            if refusal.get("data", {}).get("code") == "unauthenticated":
                raise SystemExit("the sign-in does not hold any more")
            return False
        self.sio = sio
        self.report["connections"] += 1
        return True

    async def live_until_lost(self):
        self.is_joined = False
        for wish in self.wishes:
            if wish["state"] != "done":
                wish["state"] = "waiting"
        await self.join()
        while not self.lost.is_set() and not self.is_done():
            self.changed.clear()
            self.send_what_may_go()
            lost, changed = asyncio.ensure_future(self.lost.wait()), asyncio.ensure_future(self.changed.wait())
            await asyncio.wait({lost, changed}, return_when=asyncio.FIRST_COMPLETED)
            lost.cancel()
            changed.cancel()
        await self.sio.disconnect()

    async def ask(self, name, data):
        """The answer; None when there is none, for whatever reason."""
        sio, lost = self.sio, asyncio.ensure_future(self.lost.wait())
        call = asyncio.ensure_future(sio.call(name, data, timeout=ANSWER_SECONDS))
        await asyncio.wait({call, lost}, return_when=asyncio.FIRST_COMPLETED)
        lost.cancel()
        if not call.done():
            call.cancel()
            return None
        return None if call.exception() else call.result()

    # ---------- following ----------

    async def join(self):
        async with self.joining:
            attempt = 0
            while not self.lost.is_set():
                if self.workspace is None:
                    await self.find_workspace()
                since = {"since": self.history.cursor} if self.history.cursor else {}
                answer = await self.ask("workspace.join", {"workspaceId": self.workspace, **since})
                if answer and not answer["ok"] and not answer["retry"]:
                    raise SystemExit(f"not let in: {answer['error']}")
                before = self.history.cursor
                if answer and answer["ok"]:
                    self.joined(answer)
                    if not self.history.is_behind or self.history.cursor != before:
                        return
                await asyncio.sleep(usual_pause(attempt))
                attempt += 1

    def joined(self, answer):
        self.report["joins"].append(answer["kind"])
        if answer["kind"] == "reset":
            self.history.reset(answer["snapshot"])
            self.thread = answer["snapshot"]["state"]["threads"][-1]["id"]
        if answer["kind"] == "events":
            self.history.take(answer["epoch"], answer["events"])
        if not self.wishes:
            self.wishes = [self.new_wish(f"Python {n + 1}") for n in range(self.options.post)]
        self.is_joined = True
        self.on_head(answer["epoch"], answer["head"])

    async def find_workspace(self):
        answer = await self.ask("board.join", {"scope": f"person:{self.person}"})
        for row in answer["rows"] if answer and answer["ok"] else []:
            if row["code"] == self.options.task:
                self.workspace = row["taskId"]

    def on_events(self, frame):
        if frame["streamId"] == self.workspace:
            self.history.take(frame["epoch"], frame["events"])
            self.watch()

    def on_head(self, epoch, seq):
        self.history.saw(epoch, seq)
        self.watch()

    def watch(self):
        self.changed.set()
        if self.history.is_behind and self.is_joined and (self.hole is None or self.hole.done()):
            self.hole = asyncio.ensure_future(self.ask_for_hole(self.history.cursor))

    async def ask_for_hole(self, cursor):
        await asyncio.sleep(HOLE_SECONDS)
        if self.history.is_behind and self.history.cursor == cursor and not self.lost.is_set():
            await self.join()
        elif self.history.is_behind:
            asyncio.get_running_loop().call_soon(self.watch)

    async def on_closed(self, closed):
        if closed["workspaceId"] == self.workspace and closed["reason"] == "removed":
            raise SystemExit("no longer in the team")
        self.history.cursor = None
        await self.join()

    async def on_go_away(self, notice):
        self.pause_wanted = notice["delayMs"] / 1000
        await self.sio.disconnect()

    # ---------- writing ----------

    def new_wish(self, body):
        return {"commandId": str(uuid.uuid4()), "body": body, "state": "waiting", "sent": 0, "attempts": 0}

    def send_what_may_go(self):
        before = None
        for wish in self.wishes:
            if wish["state"] == "done":
                continue
            if wish["state"] == "waiting":
                if sum(other["state"] == "flying" for other in self.wishes) >= IN_FLIGHT:
                    return
                wish["state"] = "flying"
                asyncio.ensure_future(self.send(wish, before))
            elif wish["state"] == "pausing":
                return  # those behind it would only come too early
            before = wish

    async def send(self, wish, before):
        own, lost = {key: wish[key] for key in ("commandId", "body")}, self.lost
        after = {"after": before["commandId"]} if before else {}
        self.report["resent"] += wish["sent"] > 0
        wish["sent"] += 1
        where = {"workspaceId": self.workspace, "threadId": self.thread}
        answer = await self.ask("message.post", {**where, **own, **after})
        if self.lost is not lost or lost.is_set():
            return  # unknown: goes out again after the next join
        if answer and answer["ok"]:
            wish["state"] = "done"
            self.report["repeated"] += answer["dup"]
            self.history.saw(self.history.epoch, answer["seq"])
        elif answer and not answer["retry"]:
            wish["state"] = "done"
            self.report["refused"].append(answer["error"])
        else:
            wish["state"] = "pausing"
            await asyncio.sleep(usual_pause(wish["attempts"]))
            wish["attempts"] += 1
            if self.lost is lost:
                wish["state"] = "waiting"
        self.watch()


def read_options():
    parser = argparse.ArgumentParser()
    for name in ("url", "login", "task", "until"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--origin", help="the address people use, when it is not the url")
    parser.add_argument("--post", type=int, default=0)
    options = parser.parse_args()
    options.origin = options.origin or options.url
    return options


async def main():
    print(json.dumps(await Client(read_options()).run()))


asyncio.run(main())
