"""The assistant as a server of the Model Context Protocol: what an agent asks, as tools with output
schemas, and articles as resources."""

from assistant.mcp.server import make_server, serve_http, serve_stdio

__all__ = ["make_server", "serve_http", "serve_stdio"]
