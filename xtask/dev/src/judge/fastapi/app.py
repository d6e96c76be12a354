"""A server that gives back what it understood, so that both sides of a call can be compared."""

import json
from datetime import datetime
from enum import Enum
from typing import Annotated

from fastapi import Cookie, FastAPI, File, Form, Header, HTTPException, Query, Response, UploadFile
from fastapi.responses import PlainTextResponse, StreamingResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Echo", version="1.0.0")


class Colour(str, Enum):
    red = "red"
    blue = "blue"


class Item(BaseModel):
    name: str
    price: float = Field(gt=0)
    tags: list[str] = []
    colour: Colour | None = None
    made: datetime | None = None
    parts: dict[str, int] = {}


class Stored(Item):
    id: int


class Echo(BaseModel):
    seen: list[str]


class Login(BaseModel):
    user: str
    age: int
    groups: list[str] = []


class Problem(BaseModel):
    detail: str


def seen(*values: object) -> Echo:
    return Echo(seen=[json.dumps(value, ensure_ascii=False, default=str) for value in values])


@app.post("/items", operation_id="create_item", tags=["items"], status_code=201)
def create_item(item: Item) -> Stored:
    return Stored(id=7, **item.model_dump())


@app.get("/items/{item_id}", operation_id="get_item", tags=["items"], responses={404: {"model": Problem}})
def get_item(item_id: int) -> Stored:
    if item_id != 7:
        raise HTTPException(404, "there is no such item")
    return Stored(id=7, name="ink", price=2.5, colour=Colour.blue, made=datetime(2026, 1, 2, 3, 4, 5))


@app.delete("/items/{item_id}", operation_id="delete_item", tags=["items"], status_code=204)
def delete_item(item_id: int) -> None:
    return None


@app.put("/items", operation_id="replace_items", tags=["items"])
def replace_items(items: list[Item]) -> list[Item]:
    return items


@app.get("/query", operation_id="query", tags=["parameters"])
def query(
    text: str,
    numbers: Annotated[list[int], Query()] = [],
    flag: bool = False,
    colour: Colour | None = None,
    since: datetime | None = None,
    page: Annotated[int, Query(ge=1, alias="page[number]")] = 1,
) -> Echo:
    return seen(text, numbers, flag, colour, since, page)


@app.get("/path/{name}/{rest:path}", operation_id="path", tags=["parameters"])
def path(name: str, rest: str) -> Echo:
    return seen(name, rest)


@app.get("/headers", operation_id="headers", tags=["parameters"])
def headers(
    x_token: Annotated[str, Header()],
    x_count: Annotated[int | None, Header()] = None,
    session: Annotated[str | None, Cookie()] = None,
) -> Echo:
    return seen(x_token, x_count, session)


@app.post("/form", operation_id="form", tags=["forms"])
def form(login: Annotated[Login, Form()]) -> Login:
    return login


@app.post("/upload", operation_id="upload", tags=["forms"])
async def upload(
    file: UploadFile, note: Annotated[str, Form()], count: Annotated[int, Form()] = 1
) -> Echo:
    data = await file.read()
    return seen(file.filename, file.content_type, len(data), data.decode("utf8", "replace"), note, count)


@app.post("/uploads", operation_id="uploads", tags=["forms"])
async def uploads(files: Annotated[list[UploadFile], File()]) -> Echo:
    return seen(*[[file.filename, len(await file.read())] for file in files])


@app.get("/text", operation_id="text", tags=["responses"], response_class=PlainTextResponse)
def text() -> str:
    return "grüße"


@app.get(
    "/bytes",
    operation_id="bytes",
    tags=["responses"],
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
)
def bytes_() -> Response:
    return Response(bytes(range(256)), media_type="application/octet-stream")


@app.get("/teapot", operation_id="teapot", tags=["responses"], responses={418: {"model": Problem}})
def teapot() -> Echo:
    raise HTTPException(418, "short and stout")


class Events(StreamingResponse):
    media_type = "text/event-stream"


class Lines(StreamingResponse):
    media_type = "application/x-ndjson"


STEP = {"schema": {"$ref": "#/components/schemas/Echo"}}


@app.get(
    "/events",
    operation_id="events",
    tags=["responses"],
    response_class=Events,
    responses={200: {"content": {"text/event-stream": STEP}}},
)
def events() -> Events:
    return Events(f"event: step\ndata: {seen(n).model_dump_json()}\n\n" for n in range(3))


@app.get(
    "/lines",
    operation_id="lines",
    tags=["responses"],
    response_class=Lines,
    responses={200: {"content": {"application/x-ndjson": STEP}}},
)
def lines() -> Lines:
    return Lines(seen(n).model_dump_json() + "\n" for n in range(4))
