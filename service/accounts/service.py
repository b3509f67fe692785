"""Accounts: for now the one workspace and the one administrator of this machine."""

from typing import cast

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from service.accounts.models import Membership, User, Workspace
from service.accounts.scope import Role, Scope
from service.database.engine import Database
from service.errors import NotAllowed

# Fixed, so that every process that starts on an empty database makes the same one.
LOCAL_WORKSPACE = "0" * 31 + "1"
LOCAL_USER = "0" * 31 + "1"
LOCAL_LOGIN = "local"


class AccountService:
    """Workspaces and users."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Every request asks who the local administrator is, and nobody takes him out.
        self._local_is_there = False

    def local(self) -> Scope:
        """The local administrator, made at the first call."""
        if not self._local_is_there:
            with self._database.read() as session:
                if session.get(Membership, (LOCAL_WORKSPACE, LOCAL_USER)) is None:
                    self._create_local()
            self._local_is_there = True
        return Scope(LOCAL_WORKSPACE, LOCAL_USER, LOCAL_LOGIN, "administrator")

    def _create_local(self) -> None:
        try:
            with self._database.write() as session:
                if session.get(Membership, (LOCAL_WORKSPACE, LOCAL_USER)) is not None:
                    return
                session.add(Workspace(id=LOCAL_WORKSPACE, name="This machine"))
                session.add(User(id=LOCAL_USER, login=LOCAL_LOGIN, name="Local administrator"))
                session.flush()
                session.add(Membership(workspace_id=LOCAL_WORKSPACE, user_id=LOCAL_USER, role="administrator"))
        except IntegrityError:
            # Another process was faster; what it made is the same.
            return

    def name_of(self, user: str) -> str:
        """The name a person is shown by."""
        with self._database.read() as session:
            return session.scalar(select(User.name).where(User.id == user)) or ""

    def scope_of(self, workspace: str, user: str) -> Scope:
        """A user as a member of a workspace, for work done in the user's name. Raises NotAllowed for no member."""
        with self._database.read() as session:
            member, person = session.get(Membership, (workspace, user)), session.get(User, user)
            if member is None or person is None or person.disabled_at is not None:
                raise NotAllowed("Who started this is no longer a member of the workspace.")
            return Scope(workspace, user, person.login, cast(Role, member.role))
