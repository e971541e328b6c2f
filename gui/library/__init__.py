"""The library's page: what models there are and what can be got, and the download's bar."""
