"""Work in the background: the queue, the processes that work it off, and who looks after them."""
