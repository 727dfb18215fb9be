public import Domain

/// Somebody else was first: the request is not any more what whoever acts has seen, and nothing of what they asked for was done.
public struct ChangedMeanwhile: Error, Sendable, Hashable, CustomStringConvertible {
    /// The request.
    public let reference: RequestReference
    /// The version that was expected.
    public let expected: Int
    /// The version it has.
    public let current: Int
    /// What happened since, the oldest first.
    public let changes: [RequestEvent]

    /// For whoever acts: what the other one did.
    public var description: String {
        let since = changes.map { "\($0.kind.rawValue) by \($0.actor)" }.joined(separator: ", ")
        return """
            \(reference) has changed since you saw it (version \(current), not \(expected)): \
            \(since.isEmpty ? "look at it again" : since); nothing was done
            """
    }
}

/// A request cannot end or leave while parts of it that others do are open.
public struct OpenParts: Error, Sendable, Hashable, CustomStringConvertible {
    /// The request.
    public let reference: RequestReference
    /// The parts that have not ended.
    public let parts: [RequestReference]

    /// For whoever acts.
    public var description: String {
        "parts of \(reference) are open, so it cannot end or be handed on: \(parts.map(\.rawValue).joined(separator: ", "))"
    }
}

/// A part cannot be opened again while the whole is with another body.
public struct WholeIsElsewhere: Error, Sendable, Hashable, CustomStringConvertible {
    /// The whole.
    public let reference: RequestReference

    /// For whoever acts.
    public var description: String {
        "\(reference), of which this is a part, is with another body; the whole must be opened again there"
    }
}
