"""The roads, railways and rivers that the site's map draws under the places of a territory."""
