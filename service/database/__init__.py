"""The database: tables of all rooms, sessions, migrations."""
