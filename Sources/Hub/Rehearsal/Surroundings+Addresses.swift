extension Surroundings {
    /// The addresses in force, for a rehearsal; nil while the hub has none.
    public var rehearsedAddresses: RehearsedAddresses? { nil }
}
