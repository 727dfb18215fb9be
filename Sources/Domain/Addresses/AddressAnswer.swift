/// What became of an address that was looked for.
public struct AddressAnswer: Sendable, Hashable, Codable {
    /// Found, to be asked, or nothing.
    public enum Outcome: String, Sendable, Hashable, Codable {
        /// One place, beyond reasonable doubt.
        case found
        /// Several places come into question, or one that needs a yes: ask.
        case several
        /// Nothing fits.
        case nothing
    }

    /// The address as it was understood.
    public let query: AddressQuery
    /// Found, several or nothing.
    public let outcome: Outcome
    /// The places, best first: one when found, some when asked about, none otherwise.
    public let candidates: [AddressCandidate]
    /// What should be said beside them.
    public let warnings: [AddressWarning]

    /// An answer; without candidates it is nothing, whatever is claimed.
    public init(
        query: AddressQuery,
        isCertain: Bool,
        candidates: [AddressCandidate],
        warnings: [AddressWarning] = []
    ) {
        self.query = query
        self.candidates = candidates
        self.warnings = warnings
        outcome = candidates.isEmpty ? .nothing : isCertain && candidates.count == 1 ? .found : .several
    }

    /// The one place, when there is one beyond doubt; at any level.
    public var found: AddressCandidate? { outcome == .found ? candidates.first : nil }

    /// The one place, when it is beyond doubt and at the door: good enough to decide by without asking.
    public var certain: AddressCandidate? { found.flatMap { $0.level.isAtTheDoor ? $0 : nil } }

    /// The municipality that all candidates share; nil when there is none or they differ.
    public var municipalityID: AreaID? {
        guard let first = candidates.first?.municipalityID else { return nil }
        return candidates.allSatisfy { $0.municipalityID == first } ? first : nil
    }
}
