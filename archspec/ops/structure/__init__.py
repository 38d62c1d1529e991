"""Ops that move, cut, repeat or hold values without computing on them."""
