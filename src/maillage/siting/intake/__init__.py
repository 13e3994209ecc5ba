"""Files of siting problems, in the formats that analysts exchange."""
