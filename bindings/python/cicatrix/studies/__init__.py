"""Questions put to a sweep: what its answers depend on, which protocol is best, how patients differ under two."""
