"""Foreign-policy similarity: how alike two states' portfolios of alliance commitments are."""
