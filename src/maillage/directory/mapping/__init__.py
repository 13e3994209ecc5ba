"""Files of unknown columns → records, by a mapping that a coordinator can read and correct."""
