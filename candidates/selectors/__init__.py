"""Reading seats, nominees, the vetting and the formal list: the window through which the spine looks in."""
