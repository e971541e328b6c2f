"""A keyring in a file, for processes that tests begin: what a system's keyring would be asked."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FileKeyring(KeyringBackend):
    """Keeps passwords in the file that TEST_KEYRING names."""

    priority = 1
    name = "a file of the tests"

    def _table(self):
        path = Path(os.environ["TEST_KEYRING"])
        return json.loads(path.read_text()) if path.exists() else {}

    def _write(self, table):
        Path(os.environ["TEST_KEYRING"]).write_text(json.dumps(table))

    def get_password(self, service, username):
        return self._table().get(f"{service}/{username}")

    def set_password(self, service, username, password):
        self._write(self._table() | {f"{service}/{username}": password})

    def delete_password(self, service, username):
        table = self._table()
        if table.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError("there is none")
        self._write(table)
