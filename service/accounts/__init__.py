"""Accounts: workspaces, users and what they may do."""
