"""A stand-in for the remote platforms, Qimai's and WeChat Pay's, with invented people.

It verifies signatures as they do. It is written from the API documents alone and imports nothing
of the client, so that the client's signers and decoders are checked by code that was not written
together with them. It needs the extra ``sandbox`` (Starlette and uvicorn); only the command line
imports it.
"""
