"""The programs and styles of others that every page loads: compressed once, and a browser need never ask again."""

import gzip
from os import PathLike, stat_result
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kastje.model.caches import CACHES

FOREVER = "public, max-age=31536000, immutable"
"""Their version is in their path."""
COMPRESSED = ("text/", "application/javascript", "image/svg")
"""What gains by it, by the beginning of its media type."""
AS_SMALL_AS_CAN_BE = 9


class Assets(StaticFiles):
    """Files below a folder, each under a path that holds its version."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, or that it has not changed."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["cache-control"] = FOREVER
        asked = Headers(scope=scope)
        plain = "gzip" not in asked.get("accept-encoding", "") or "range" in asked
        if plain or not isinstance(response, FileResponse) or not (response.media_type or "").startswith(COMPRESSED):
            return response
        body = CACHES["assets"].get(
            (str(full_path), stat_result.st_mtime_ns),
            lambda: gzip.compress(Path(full_path).read_bytes(), AS_SMALL_AS_CAN_BE),
        )
        kept = {name: response.headers[name] for name in ("cache-control", "etag", "last-modified")}
        small = {"content-encoding": "gzip", "vary": "Accept-Encoding"}
        return Response(body, status_code, {**kept, **small}, response.media_type)
