"""Pandera configured as we need it, whatever its environment variables or the host say.

Its variables can switch validation off, or check a frame for its schema alone: bad data
would pass in silence.
"""

import warnings
from collections.abc import Generator
from contextlib import contextmanager

from pandera.config import ValidationDepth, config_context, get_config_global, set_config


@contextmanager
def pinned_configuration() -> Generator[None]:
    """Pins validation of schema and data by the Polars backend; restores the host's settings."""
    configuration = get_config_global()
    host_uses_narwhals = configuration.use_narwhals_backend
    with warnings.catch_warnings(action="ignore", category=UserWarning):  # that it is changed
        set_config(use_narwhals_backend=False)
    try:
        with config_context(
            validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA
        ):
            yield
    finally:
        configuration.use_narwhals_backend = host_uses_narwhals
