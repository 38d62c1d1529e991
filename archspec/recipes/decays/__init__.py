"""Weight decay in its two forms."""
