"""清源县: an invented county in which every stage of the election can be seen. Made through the services, so that the
demonstration obeys the law like everything else. No person, place or number in it is real.
"""
