"""The steps by which these tables came to be, in order; applied when a site is prepared."""
