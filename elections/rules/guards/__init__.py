"""Guards, one file a stage: the conditions at its gates, so that "why can we not go on?" has one place to look."""
