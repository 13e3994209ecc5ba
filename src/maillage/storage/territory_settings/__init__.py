"""How a territory shows itself on a site, and who changed it when. Only a site installs it."""
