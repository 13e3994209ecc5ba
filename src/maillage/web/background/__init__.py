"""The worker of the site: it does what pages ask for and nobody can wait for."""
