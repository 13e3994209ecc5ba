"""What readers say is wrong of a place. Only a site has these tables; nobody is known in them."""
