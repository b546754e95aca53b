"""A task followed as Server-Sent Events."""

import http.client
import json
import unittest

from server import DESCRIPTOR, ENDLESS, Server, wait_for


class Stream:
    def __init__(self, client, task, **headers):
        self.connection = http.client.HTTPConnection("127.0.0.1", client.server.port, timeout=60)
        self.connection.request("GET", f"{client.v2}/tasks/{task}/events",
                                headers={"Authorization": f"Bearer {client.token}", "Accept": "text/event-stream",
                                         **headers})
        self.response = self.connection.getresponse()

    def next(self):
        """The next event as (name, id, data); None at the end."""
        fields = {}
        while line := self.response.readline():
            line = line.decode().rstrip("\n")
            if not line and "data" in fields:
                return fields["event"], int(fields["id"]), json.loads(fields["data"])
            if line and not line.startswith(":"):
                name, value = line.split(": ", 1)
                fields[name] = value
        return None

    def rest(self):
        return list(iter(self.next, None))

    def close(self):
        self.response.close()
        self.connection.close()


class Events(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.client = cls.server.client(cls.server.clone())
        cls.client.create("small.xml", DESCRIPTOR)
        cls.client.create("slow.xml", ENDLESS)

    def stream(self, task, client=None, **headers):
        stream = Stream(client or self.client, task, **headers)
        self.addCleanup(stream.close)
        return stream

    def test_tells_all_and_ends_with_the_final_state(self):
        task = self.client.generate({"entry": "small.xml"})
        stream = self.stream(task)
        self.assertEqual((stream.response.status, stream.response.headers["Content-Type"]), (200, "text/event-stream"))
        events = stream.rest()
        self.assertEqual((events[-1][0], events[-1][2]["status"]), ("state", "SUCCEEDED"))
        self.assertEqual(events[-1][2], self.client.get(f"tasks/{task}").json())
        lines = [data["line"] for name, _, data in events if name == "log"]
        log = self.client.get(f"{self.client.v2}/tasks/{task}/log").body
        self.assertEqual("".join(line + "\n" for line in lines).encode(), log)
        self.assertEqual(events[-1][1], len(log))
        self.assertIn("progress", [name for name, _, _ in events])
        # Goes on where it was left.
        third = [number for name, number, _ in events if name == "log"][2]
        rest = self.stream(task, **{"Last-Event-ID": str(third)}).rest()
        self.assertEqual([data["line"] for name, _, data in rest if name == "log"], lines[3:])
        for nonsense in ("x", "-1", "99999999999999999999"):
            self.assertEqual(self.stream(task, **{"Last-Event-ID": nonsense}).rest()[-1][0], "state")
        after = self.stream(task, **{"Last-Event-ID": "1000000000"}).rest()
        self.assertEqual([name for name, _, _ in after if name == "log"], [])

    def test_documented_answers(self):
        task = self.client.generate({"entry": "small.xml"})
        self.client.task_ends(task)
        self.assertEqual(self.client.get(f"{self.client.v2}/tasks/{task}/events").status, 200)
        self.assertEqual(self.client.get(f"{self.client.v2}/tasks/gone/events").code, "task.not_found")
        self.assertEqual(self.client.get(f"{self.client.v2}/tasks/{task}/events", accept="text/html").status, 406)

    def test_streams_hold_no_thread_and_are_limited(self):
        task = self.client.generate({"entry": "slow.xml"})
        self.addCleanup(lambda: self.client.post_json(f"{self.client.v2}/tasks/{task}/cancel"))
        streams = [self.stream(task) for _ in range(10)]
        for stream in streams:
            self.assertEqual(stream.next()[0], "state")
        full = self.client.get(f"{self.client.v2}/tasks/{task}/events")
        self.assertEqual((full.status, full.code), (429, "events.limit"))
        others = [self.server.client(self.client.project, "read", f"t{number}") for number in range(9)]
        more = [self.stream(task, other) for other in others for _ in range(10)]
        self.assertEqual({stream.response.status for stream in more}, {200})
        eleventh = self.server.client(self.client.project, "read")
        self.assertEqual(self.client.server.client(self.client.project, "read").get(
            f"{self.client.v2}/tasks/{task}/events").status, 429)
        # 100 streams are open: others are answered all the same.
        self.assertEqual(eleventh.get(f"tasks/{task}").status, 200)
        # One that goes away leaves its place.
        streams[0].close()
        more[0].close()
        wait_for(lambda: self.reopens(task), 60)
        self.client.post_json(f"{self.client.v2}/tasks/{task}/cancel")
        self.assertEqual(streams[1].rest()[-1][2]["status"], "CANCELLED")

    def reopens(self, task):
        stream = self.stream(task)
        return stream.response.status == 200

    def test_ends_with_its_token(self):
        client_token, identity = self.server.token(self.client.project, "read", "short")
        client = self.server.client(self.client.project, "read")
        client.token = client_token
        task = self.client.generate({"entry": "slow.xml"})
        stream = self.stream(task, client)
        self.assertEqual(stream.next()[0], "state")
        self.server.mimus("token", "delete", identity)
        self.assertNotIn("CANCELLED", [data.get("status") for name, _, data in stream.rest() if name == "state"])
        self.client.post_json(f"{self.client.v2}/tasks/{task}/cancel")

    def test_ends_with_the_server(self):
        running = Server()
        self.addCleanup(running.close)
        client = running.client(running.clone())
        client.create("slow.xml", ENDLESS)
        stream = self.stream(client.generate({"entry": "slow.xml"}), client)
        stream.next()
        self.assertEqual(running.stop(), 0)
