"""An object store on this machine, which speaks the protocol of S3."""

from contextlib import contextmanager
from urllib.request import Request, urlopen

from moto.backends import get_backend
from moto.core import DEFAULT_ACCOUNT_ID
from moto.server import ThreadedMotoServer

KEYS = {"AWS_ACCESS_KEY_ID": "pond-keeper-id", "AWS_SECRET_ACCESS_KEY": "pond-keeper-secret"}
ALL_ELSE = ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE")


class Store:
    """A store with one bucket, which is filled behind its back and read as any other.

    Attributes:
        address: where it answers.
        url: the URL of the bucket, which ends in `/`.
    """

    def __init__(self, address, bucket="ponds"):
        self.address, self.url, self._bucket = address, f"s3://{bucket}/", bucket
        self.empty()

    def put(self, key, content):
        """Puts an object there; gives its URL."""
        self._backend.put_object(self._bucket, key, content)
        return f"{self.url}{key}"

    def put_folder(self, folder, prefix):
        """Puts all files below a folder there."""
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                self.put(f"{prefix}{file.relative_to(folder).as_posix()}", file.read_bytes())

    def delete(self, key):
        """Takes an object away."""
        self._backend.delete_object(self._bucket, key)

    def empty(self):
        """Takes all objects away."""
        self._tell("reset", "")
        self._backend.create_bucket(self._bucket, "us-east-1")

    def let_in(self, count):
        """Says how many requests are answered before credentials are looked at."""
        self._tell("reset-auth", count)

    @property
    def _backend(self):
        return get_backend("s3")[DEFAULT_ACCOUNT_ID]["aws"]

    def _tell(self, what, text):
        head = {"Content-Type": "text/plain"}
        url = f"{self.address}/moto-api/{what}"
        with urlopen(Request(url, str(text).encode(), head)) as answer:
            answer.read()


@contextmanager
def served_store():
    """A store that answers as long as this lasts."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield Store(f"http://{host}:{port}")
    finally:
        server.stop()


def as_environment(monkeypatch, address, folder, **keys):
    """Sets the variables by which libraries find a store, and nothing that this machine has."""
    for name in (*KEYS, *ALL_ELSE):
        monkeypatch.delenv(name, raising=False)
    made = {
        "AWS_ENDPOINT_URL": address,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(folder / "no-config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(folder / "no-credentials"),
        **keys,
    }
    for name, value in made.items():
        monkeypatch.setenv(name, value)
