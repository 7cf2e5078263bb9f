"""An object store on this machine, which answers as Azure does: Azurite, where it is installed.

`npm install --global azurite` brings it.
"""

import shutil
import socket
import subprocess
import time
from contextlib import contextmanager

AZURITE = "azurite-blob"
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
"""The key of the account that each Azurite has, which its documentation prints."""


class Store:
    """A store with one container, which is filled by the library that also reads it.

    Attributes:
        connection: what stands in `AZURE_STORAGE_CONNECTION_STRING`.
        url: the URL of the container, which ends in `/`.
    """

    def __init__(self, connection, container="ponds"):
        from adlfs import AzureBlobFileSystem

        self.connection, self.url, self._container = connection, f"az://{container}/", container
        self._system = AzureBlobFileSystem(
            connection_string=connection, skip_instance_cache=True, use_listings_cache=False
        )
        self._system.mkdir(container)

    def put(self, key, content):
        """Puts an object there; gives its URL."""
        self._system.pipe_file(f"{self._container}/{key}", content, overwrite=True)
        return f"{self.url}{key}"


@contextmanager
def served_azure_store(folder):
    """A store that answers as long as this lasts.

    Args:
        folder: where it keeps what it has.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            shutil.which(AZURITE),
            *("--silent", "--disableTelemetry", "--skipApiVersionCheck"),
            *("--blobPort", str(port), "--location", str(folder)),
        ],
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield Store(
            "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
            f"AccountKey={KEY};BlobEndpoint=http://127.0.0.1:{port}/devstoreaccount1;"
        )
    finally:
        server.terminate()
        server.wait()


def _wait(port):
    """Waits until somebody answers there."""
    until = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return
