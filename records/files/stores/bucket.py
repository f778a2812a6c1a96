"""Stored bytes in a bucket of an S3-compatible store, which several machines reach alike.

Imported only where a bucket is named: the library behind it costs a process 40 MB.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, SSLError
from botocore.session import get_session

from records.files.errors import StoreFailed, Trouble

# Longer than a store on the same network ever needs, shorter than a person or the proxy waits.
_SECONDS_TO_CONNECT, _SECONDS_TO_READ, _TRIES = 5, 20, 2
_IN_MEMORY_BYTES = 1024 * 1024
_TRIED_OUT = "tried-out"
_MISSING = {"NoSuchKey", "404", "NotFound"}
_TROUBLES = {
    "InvalidAccessKeyId": Trouble.KEY,
    "SignatureDoesNotMatch": Trouble.KEY,
    "AuthorizationHeaderMalformed": Trouble.KEY,
    "NoSuchBucket": Trouble.NO_BUCKET,
}


@dataclass(frozen=True)
class Bucket:
    """Where the bucket is and how the portal is known there. `folder` is what stands before every name, or nothing."""

    address: str
    name: str
    key_id: str
    secret: str
    region: str
    folder: str = ""
    authorities: str = ""


class BucketStore:
    """Bytes as objects: a folder of the bucket, two letters of their digest, then the digest."""

    def __init__(self, bucket: dict[str, str], within: str = ""):
        self._bucket = Bucket(**bucket)
        self._before = "".join(f"{part}/" for part in (self._bucket.folder, within) if part)

    def put(self, chunks: Iterable[bytes]) -> str:
        """Take in all of it, then hand it over in one piece, signed: the store keeps it whole or not at all.

        Why the signature covers the bytes: a store refuses what is not what was sent.
        """
        digest = hashlib.sha256()
        with SpooledTemporaryFile(_IN_MEMORY_BYTES) as whole:
            for chunk in chunks:
                digest.update(chunk)
                whole.write(chunk)
            self.write(self._key(digest.hexdigest()), whole)
        return digest.hexdigest()

    def open(self, sha256: str) -> BinaryIO:
        """The bytes, taken over whole first: a store that fails amid them is told in words, not by half a file."""
        return self.read(self._key(sha256))

    def size_of(self, sha256: str) -> int:
        """Why asked again: this answer has no words, and does not say whether the object is gone or the bucket."""
        try:
            with _asking():
                return self._client.head_object(Bucket=self._bucket.name, Key=self._key(sha256))["ContentLength"]
        except FileNotFoundError:
            self.open(sha256).close()
            raise

    def has_lost(self, sha256: str) -> bool:
        """Nobody is asked: a list would wait once a line, and objects do not go by themselves."""
        return False

    def remove(self, sha256: str) -> None:
        with _asking():
            self._client.delete_object(Bucket=self._bucket.name, Key=self._key(sha256))

    def name_of(self, sha256: str) -> str:
        return f"s3://{self._bucket.name}/{self._key(sha256)}"

    def write(self, key: str, content: BinaryIO) -> None:
        """Put an object under a name of its own."""
        size = content.seek(0, os.SEEK_END)
        content.seek(0)
        with _asking():
            self._client.put_object(Bucket=self._bucket.name, Key=key, Body=content, ContentLength=size)

    def read(self, key: str) -> BinaryIO:
        """An object by its name. Raises: FileNotFoundError; StoreFailed."""
        whole = SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115
        try:
            with _asking():
                answer = self._client.get_object(Bucket=self._bucket.name, Key=key)
                with closing(answer["Body"]) as body:
                    for chunk in body.iter_chunks(64 * 1024):
                        whole.write(chunk)
        except BaseException:
            whole.close()
            raise
        whole.seek(0)
        return whole

    def try_out(self) -> None:
        """Write an object of its own and read it again, over lines that are closed after it.

        Raises: StoreFailed.
        """
        where = {"Bucket": self._bucket.name, "Key": f"{self._before}{_TRIED_OUT}"}
        with closing(_connected(self._bucket)) as client, _asking():
            client.put_object(**where, Body=b"1")
            client.get_object(**where)["Body"].read()

    @property
    def _client(self) -> Any:
        return _client(self._bucket, os.getpid())

    def _key(self, sha256: str) -> str:
        return f"{self._before}{sha256[:2]}/{sha256}"


@lru_cache(maxsize=4)
def _client(bucket: Bucket, _process: int) -> Any:
    """One for all threads of a process, none inherited: its lines to the store are those of this process."""
    return _connected(bucket)


def _connected(bucket: Bucket) -> Any:
    """What talks to the store.

    Why no checksums of its own: older stores do not know them, and the signature covers the bytes already.
    """
    manner = Config(
        signature_version="s3v4",
        connect_timeout=_SECONDS_TO_CONNECT,
        read_timeout=_SECONDS_TO_READ,
        retries={"total_max_attempts": _TRIES, "mode": "standard"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path", "payload_signing_enabled": True},
    )
    return get_session().create_client(
        "s3",
        endpoint_url=bucket.address,
        region_name=bucket.region,
        aws_access_key_id=bucket.key_id,
        aws_secret_access_key=bucket.secret,
        verify=bucket.authorities or None,
        config=manner,
    )


@contextmanager
def _asking() -> Iterator[None]:
    """Say in the portal's own terms what the store or the way to it answers."""
    try:
        yield
    except ClientError as answer:
        raise _fault_of(answer) from answer
    except BotoCoreError as silent:
        raise StoreFailed(_trouble_on_the_way(silent), type(silent).__name__) from silent


def _trouble_on_the_way(silent: BotoCoreError) -> Trouble:
    """A certificate that does not fit is a ValueError, from Python and from urllib3; a line that broke is none."""
    reasons = getattr(silent.kwargs.get("error"), "args", ())
    is_untrusted = isinstance(silent, SSLError) and any(isinstance(one, ValueError) for one in reasons)
    return Trouble.CERTIFICATE if is_untrusted else Trouble.AWAY


def _fault_of(answer: ClientError) -> OSError:
    code, status = answer.response["Error"]["Code"], answer.response["ResponseMetadata"]["HTTPStatusCode"]
    if code in _MISSING:
        return FileNotFoundError(code)
    if code in _TROUBLES:
        return StoreFailed(_TROUBLES[code], code)
    if status in (401, 403):
        return StoreFailed(Trouble.REFUSED, code)
    return StoreFailed(Trouble.AWAY, code) if status >= 500 or status == 429 else StoreFailed(Trouble.REFUSED, code)
