"""Reads forms with Starlette and python-multipart: a line of JSON for each body in, a line for each reader out.

Other kinds of multipart are read by Python's `email`.
"""

import asyncio
import base64
import json
import sys
from email.parser import BytesParser
from email.policy import HTTP

from starlette.requests import Request


def packed(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


async def form(media: str, body: bytes) -> dict:
    async def receive() -> dict:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", media.encode("latin-1"))]
    request = Request({"type": "http", "method": "POST", "headers": headers}, receive)
    found = (await request.form()).multi_items()
    if not media.startswith("multipart/"):
        return {"pairs": [[name, value] for name, value in found]}
    parts = []
    for name, value in found:
        if isinstance(value, str):
            # The type of a field is not told.
            parts.append({"name": name, "file": None, "type": None, "bytes": packed(value.encode())})
        else:
            data = packed(await value.read())
            parts.append({"name": name, "file": value.filename, "type": value.content_type, "bytes": data})
    return {"parts": parts}


def mail(media: str, body: bytes) -> dict:
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + media.encode("latin-1") + b"\r\n\r\n" + body)
    parts = []
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        if part["content-transfer-encoding"] == "base64":
            # What was given is the text in base64, which is decoded here.
            data = base64.b64encode(data)
        data = packed(data)
        parts.append({"name": name, "file": part.get_filename(), "type": part["content-type"], "bytes": data})
    return {"parts": parts}


for number, line in enumerate(sys.stdin):
    sent = json.loads(line)
    media, body = sent["type"], base64.b64decode(sent["body"])
    is_form = media.startswith(("application/", "multipart/form-data"))
    reader = "starlette" if is_form else "email"
    try:
        read = asyncio.run(form(media, body)) if is_form else mail(media, body)
    except Exception as error:
        read = {"error": repr(error)}
    print(json.dumps({"id": number, "reader": reader, **read}))
