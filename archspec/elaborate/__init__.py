"""From the typed tree to one scoped graph with all shapes known."""
