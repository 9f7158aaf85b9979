"""What must hold at the gate of each stage: one file a stage, so that "why can we not go on?" has one place to look."""
