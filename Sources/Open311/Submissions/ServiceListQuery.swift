public import Domain

/// What a GET of the services asks for: all, or those offered at a point (rule S8).
public struct ServiceListQuery: Sendable, Hashable {
    /// The point; nil for the whole list.
    public let coordinate: Coordinate?

    /// Reads `lat` and `long`.
    ///
    /// - Throws: ``Open311Faults`` for half a pair or what is no point.
    public init(_ parameters: ParameterSet) throws(Open311Faults) {
        var reader = FieldReader(parameters)
        coordinate = reader.coordinate()
        try reader.check()
    }
}
