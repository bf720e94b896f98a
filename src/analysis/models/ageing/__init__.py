"""Ageing: how many will be 60 and over, from cohorts where ages are known and from two totals where they are not."""
