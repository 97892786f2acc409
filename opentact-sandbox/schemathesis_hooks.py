"""Lets schemathesis name SIP users who are there.

A generated UUID is nobody's, and to name somebody in the body who is not there is a 404. Nothing
would ever be added to a group, and schemathesis would take the 404 for one of a group that it has
just created. So every well-formed list of users becomes one of the same length of users who are in
the sandbox. What is not well-formed stays as it is, for the sandbox to refuse. That unknown users
are not found is tested in tests/behaviour.rs.

`reception` is left out: schemathesis looks for what this user sees and should not.
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
    """Leaves a check on for all operations but one."""
    original = CHECKS.get_one(check)

    @functools.wraps(original)
    def narrowed(ctx, response, case):
        if case.operation.label == operation:
            return None
        return original(ctx, response, case)

    CHECKS.register(narrowed)


# Both checks take a user of a group for a resource that is made once and deleted once. That a group
# is gone once it is deleted stays checked, and what becomes of its users is in tests/behaviour.rs.
MEMBER = "/app/group/{uuid}/users/{sip_user_uuid}"
# To be there again after it was deleted: this operation puts the user back.
except_for("use_after_free", f"PATCH {MEMBER}")
# Not to be there after it was added: `PATCH /app/group/{uuid}` replaces all users in between.
except_for("ensure_resource_availability", f"DELETE {MEMBER}")
