"""Safetensors files: a length of 8 bytes, that many of JSON, then the tensors."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from typing import Any


def _header(data: bytes) -> tuple[dict[str, Any], int]:
    """The JSON and where the tensors begin."""
    end = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:end]) if 8 < end <= len(data) else None
    if not isinstance(header, dict) or not isinstance(header.get("__metadata__"), dict):
        raise ValueError("its header is damaged")
    return header, end


def with_metadata(data: bytes, key: str, value: str) -> bytes:
    """The file with another string in its metadata."""
    header, end = _header(data)
    header["__metadata__"][key] = value
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    return b"".join([len(text).to_bytes(8, "little"), text, data[end:]])


def metadata(data: bytes, key: str) -> str | None:
    """A string of the file's metadata, or None if there is no such, or no metadata."""
    try:
        header, _ = _header(data)
    except (ValueError, RecursionError):
        return None
    value = header["__metadata__"].get(key)
    return value if isinstance(value, str) else None


def write(path: str | bytes | os.PathLike[str], data: bytes) -> None:
    """Writes a file so that what was there before stays whole until the new one is."""
    target = os.path.realpath(os.fsdecode(path))
    temporary = f"{target}.{secrets.token_hex(8)}"
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if os.path.exists(target):
                shutil.copymode(target, temporary)
            os.replace(temporary, target)
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, os.fsdecode(path)) from None
