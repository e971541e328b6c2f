"""Models from the Hub: what is worth getting, and getting it, in a process of its own.

The window and the command line see the light part: `names` what may be asked for, `curated` what
is offered, `talk` what is said across, `child` the other process, `begun` what is not over.
Everything that touches the network is in `python -m engine.hub`: `listing` asks huggingface_hub
what a repository holds, `choosing` which of it is needed, `fetch` brings the bytes of one file,
`download` all of a model, `sentences` says what went wrong, `tokens` keeps the user's token.
"""
