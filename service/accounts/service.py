"""Accounts: for now the one workspace and the one administrator of this machine."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from service.accounts.models import Membership, User, Workspace
from service.accounts.scope import Scope
from service.database.engine import Database

# Fixed, so that every process that starts on an empty database makes the same one.
LOCAL_WORKSPACE = "0" * 31 + "1"
LOCAL_USER = "0" * 31 + "1"
LOCAL_LOGIN = "local"


class AccountService:
    """Workspaces and users."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def local(self) -> Scope:
        """The local administrator, made at the first call."""
        with self._database.read() as session:
            if session.get(Membership, (LOCAL_WORKSPACE, LOCAL_USER)) is None:
                self._create_local()
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
