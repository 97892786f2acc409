#!/usr/bin/env python3
"""Tests a program against the sandbox, in Python and without any package.

Start a sandbox, and pass its address:

    opentact sandbox
    python3 opentact-sandbox/examples/control.py http://127.0.0.1:4010
"""

import json
import sys
import unittest
import urllib.error
import urllib.request

SANDBOX = "http://127.0.0.1:4010"


def send(method, url, body=None, token=None):
    """Sends a request, and returns the status and the JSON of the response."""
    request = urllib.request.Request(url, method=method)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    if token is not None:
        request.add_header("X-Auth-HA1B-Token", token)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            status, text = response.status, response.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    return status, json.loads(text) if text else None


def control(method, path, body=None):
    """Calls the control API of the sandbox, and returns its JSON."""
    status, answer = send(method, f"{SANDBOX}/_sandbox{path}", body)
    assert status < 300, answer
    return answer


class Program:
    """The program under test: it creates a group, and tries again after a 503."""

    def __init__(self, url, token):
        self.url, self.token = url, token

    def create_group(self, name):
        for _ in range(3):
            status, answer = send("POST", f"{self.url}/app/group", {"name": name}, self.token)
            if status != 503:
                break
        if status != 200:
            raise RuntimeError(answer["message"])
        return answer["payload"]


class ProgramTest(unittest.TestCase):
    def setUp(self):
        control("POST", "/reset")
        sandbox = control("GET", "/")
        tokens = {user["login"]: user["token"] for user in sandbox["users"]}
        self.program = Program(sandbox["url"], tokens["alice"])

    def test_sends_the_name(self):
        group = self.program.create_group("Sales")
        self.assertEqual(group["name"], "Sales")
        [request] = control("GET", "/requests")["requests"]
        self.assertEqual(request["operation"], "create_group")
        self.assertEqual(request["body"], {"name": "Sales"})
        self.assertEqual(request["headers"]["x-auth-ha1b-token"], "***")

    def test_tries_again_while_the_service_is_unavailable(self):
        control("POST", "/faults", {"status": 503, "times": 2, "operation": "create_group"})
        self.program.create_group("Sales")
        statuses = [request["status"] for request in control("GET", "/requests")["requests"]]
        self.assertEqual(statuses, [503, 503, 200])

    def test_reports_any_other_error(self):
        control("POST", "/faults", {"status": 500})
        with self.assertRaisesRegex(RuntimeError, "injected fault"):
            self.program.create_group("Sales")
        self.assertEqual(control("GET", "/faults")["faults"], [])

    def test_survives_a_lost_connection(self):
        control("POST", "/faults", {"drop": True})
        with self.assertRaises(OSError):
            self.program.create_group("Sales")
        self.program.create_group("Sales")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        SANDBOX = sys.argv.pop(1).rstrip("/")
    unittest.main()
