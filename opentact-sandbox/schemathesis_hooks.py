"""Replaces generated SIP users with users of the sandbox.

A generated UUID belongs to no user, and an unknown user in the body is a 404. No user would ever be
added to a group, and schemathesis would attribute the 404 to the group that it has just created. So
each well-formed list of users becomes a list of the same length with users of the sandbox. A
malformed list stays as it is, so that the sandbox rejects it. tests/it/groups.rs tests unknown users.

`reception` is left out, because schemathesis checks that this user cannot see the groups.
"""

import functools
import json
import pathlib
import uuid

import schemathesis
from schemathesis.checks import CHECKS

COMPANY = pathlib.Path(__file__).parent / "src" / "company.json"
USERS = [
    user["uuid"] for user in json.loads(COMPANY.read_text()) if user["login"] != "reception"
]


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


def except_for(check, operation):
    """Turns a check off for one operation."""
    original = CHECKS.get_one(check)

    @functools.wraps(original)
    def narrowed(ctx, response, case):
        if case.operation.label == operation:
            return None
        return original(ctx, response, case)

    CHECKS.register(narrowed)


# Both checks treat a user of a group as a resource that is created once and deleted once. Deleted
# groups stay checked, and tests/it/groups.rs tests the users of a group.
MEMBER = "/app/group/{uuid}/users/{sip_user_uuid}"
# This operation adds a deleted user again.
except_for("use_after_free", f"PATCH {MEMBER}")
# `PATCH /app/group/{uuid}` can replace all users before this operation deletes one.
except_for("ensure_resource_availability", f"DELETE {MEMBER}")
