"""Backup: everything that is the record, as Parquet files in a folder, and a graph made of them again.

The record is what sources said and people decided, with its history: actors, sources, statements with their spans of record time,
judgements, mappings, quarantine, the log. Facts, parties and ties are not in it: they are made of the statements again, in the way of a
load. So a backup has one truth only, and what is restored is what the comity that restores it makes of the statements.
"""
