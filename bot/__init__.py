"""Coverage bot: answers questions about news coverage with verbatim quotations and their sources."""

__version__ = "0.1.0"
