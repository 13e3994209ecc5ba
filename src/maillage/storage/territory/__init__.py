"""The tables of the territory: zones, neighbours, indicators, the datasets they come from."""
