"""Lets schemathesis name SIP users who are there.

A generated UUID is nobody's, and to name somebody in the body who is not there is a 404. Nothing
would ever be added to a group, and schemathesis would take the 404 for one of a group that it has
just created. So every well-formed list of users becomes one of the same length of users who are in
the sandbox. What is not well-formed stays as it is, for the sandbox to refuse. That unknown users
are not found is tested in tests/behaviour.rs.
"""

import json
import pathlib
import uuid

import schemathesis

COMPANY = pathlib.Path(__file__).parent / "src" / "company.json"
USERS = [user["uuid"] for user in json.loads(COMPANY.read_text())]


def is_uuid(value):
    try:
        return value == str(uuid.UUID(value))
    except (AttributeError, TypeError, ValueError):
        return False


@schemathesis.hook
def map_body(context, body):
    users = body.get("users") if isinstance(body, dict) else None
    if isinstance(users, list) and all(map(is_uuid, users)):
        known = [USERS[uuid.UUID(user).int % len(USERS)] for user in users]
        return {**body, "users": known}
    return body
