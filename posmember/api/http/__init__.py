"""HTTP: the only place that imports httpx. Requests out, replies in, failures as `ApiError`s."""
