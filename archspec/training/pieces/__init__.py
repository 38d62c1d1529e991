"""What a generated data.py is put together from: plain functions that stand for themselves."""
