"""Normalisation by means and variances, or by neighbours."""
