"""A stand-in for the Qimai open platform: verifies signatures, answers with invented members.

It is written from the API documents alone and imports nothing of the client, so that the client's
signer and decoders are checked by code that was not written together with them. It needs the
extra ``sandbox`` (Starlette and uvicorn); only the command line imports it.
"""
