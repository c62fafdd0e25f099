"""Who may decide from a page, and that a decision was sent from our own form and by nobody else's page."""

import hashlib
import hmac
from dataclasses import dataclass

from starlette.requests import Request

from comity.service.keys import Role
from comity.service.rights import STRANGER, Person


@dataclass(frozen=True, slots=True)
class Editor:
    """A person who may decide, by the name that the log will have, and the token that their forms carry."""

    name: str
    token: str


def editor_of(request: Request) -> Editor | None:
    """The editor who asks, as the check of rights before this has found; None for everybody else."""
    person: Person = getattr(request.state, "person", STRANGER)
    if person.role < Role.EDITOR:
        return None
    secret: bytes = request.app.state.form_secret
    return Editor(person.name, hmac.new(secret, person.name.encode(), hashlib.sha256).hexdigest())


def is_own_form(request: Request, editor: Editor, token: str) -> bool:
    """Whether a form was sent from a page of this service that was made for this editor.

    A browser that sends keys or cookies by itself would send them for a stranger's page too: that knows no token, and the browser says
    where a form comes from (comity.service.rights, which wants that said of every cookie).
    """
    return request.state.own_page is not False and hmac.compare_digest(token.encode(), editor.token.encode())
