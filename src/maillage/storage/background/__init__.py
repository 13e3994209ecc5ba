"""What the site does in the background: asked by somebody, done by a worker, told to who waits."""
