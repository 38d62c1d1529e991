"""Facts about an elaborated network: counts, memory, and whether its expectations hold."""
