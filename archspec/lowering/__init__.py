"""From the scoped graph to code: the plan, Python text, and the back-end protocol."""
