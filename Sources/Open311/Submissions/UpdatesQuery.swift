public import Foundation

/// What a GET of the updates asks for: a window of `updated_datetime`, both ends inclusive, read oldest first.
public struct UpdatesQuery: Sendable, Hashable {
    /// Earliest instant.
    public let start: Date

    /// Latest instant; nil for no end, which means until now, as no update is ever in the future.
    public let end: Date?

    /// Most entries of an answer.
    public static let largest = 1000

    /// Reads `start_date` and `end_date`: none gives the last 90 days, only a start all since, only an end the 90 days before.
    ///
    /// - Throws: ``Open311Faults`` with one 400 for each parameter at fault.
    public init(_ parameters: ParameterSet, now: Date) throws(Open311Faults) {
        var reader = FieldReader(parameters)
        let start = reader.date("start_date")
        let end = reader.date("end_date")
        if let start, let end, end < start {
            reader.fail(.bad("end_date", "lies before start_date; expected the same instant or a later one"))
        }
        try reader.check()
        self.start = start ?? (end ?? now).addingTimeInterval(-RequestListQuery.longestWindow)
        self.end = end
    }
}
