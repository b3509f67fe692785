"""The web application: routes put together, protected and described."""
