"""Addresses: what a text has to be to lead to the web or to another system."""

from urllib.parse import urlsplit

FETCHED = ("http", "https")
ON_THE_WEB = (*FETCHED, "ftp", "ftps")
"""The schemes of URLs that a path may be.

Source: Data Package 2.0, Glossary, "URL or Path".
"""
ONLY_FETCHED = f"only {' and '.join(FETCHED)} are fetched"
NOT_FETCHED = "not fetched; files on the web are fetched only with --allow-remote"


def scheme_of(location: str) -> str | None:
    """The scheme of a URL; a single letter before the colon is a drive."""
    try:
        scheme = urlsplit(location).scheme.lower()
    except ValueError:
        return location.partition(":")[0].lower()
    return scheme if len(scheme) > 1 else None
