"""Election day → every legal and local deadline, each with its rule; what moving the day would break."""
