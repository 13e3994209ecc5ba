"""The chapters of the report, one file each: from the ground of a diagnosis to blocks of French."""
