public import Domain
public import Foundation

/// What a draft of service standards or of a calendar would have changed, by type.
public struct DeadlineRehearsal: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The tenant.
    public let tenant: String
    /// First instant of receipt.
    public let from: Date
    /// End of the span of receipt.
    public let to: Date
    /// Local day whose entries of the draft were taken as in force all the time.
    public let asOf: CalendarDay
    /// Requests looked at.
    public var requests = 0
    /// Requests of types the draft no longer has; in no line.
    public var withoutType = 0
    /// One line for each type, by code.
    public var types: [Line] = []

    /// One type.
    public struct Line: Sendable, Hashable, Codable {
        /// Its code.
        public let service: String
        /// Its name.
        public let name: LocalizedText
        /// Requests.
        public var requests = 0
        /// The review clock.
        public var review = Comparison()
        /// The complete clock.
        public var complete = Comparison()

        private enum CodingKeys: String, CodingKey {
            case service = "service_code"
            case name = "service_name"
            case requests, review, complete
        }
    }

    /// One clock, before and after.
    public struct Comparison: Sendable, Hashable, Codable {
        /// As it was.
        public var before = Count()
        /// As it would have been.
        public var after = Count()
        /// Late before, in time after.
        public var becomesInTime = 0
        /// In time before, late after.
        public var becomesLate = 0

        private enum CodingKeys: String, CodingKey {
            case before, after
            case becomesInTime = "becomes_in_time"
            case becomesLate = "becomes_late"
        }

        /// Counts one request.
        mutating func add(_ earlier: Standing, _ later: Standing) {
            before.add(earlier)
            after.add(later)
            if earlier == .late, later == .inTime || later == .running { becomesInTime += 1 }
            if later == .late, earlier == .inTime || earlier == .running { becomesLate += 1 }
        }
    }

    /// How one clock of one request stood.
    enum Standing {
        case inTime, late, running, noPromise
    }

    /// How many stood how.
    public struct Count: Sendable, Hashable, Codable {
        /// Met in time.
        public var inTime = 0
        /// Met late, or run out and open.
        public var late = 0
        /// Open and in time so far.
        public var running = 0
        /// Nothing was promised.
        public var noPromise = 0

        private enum CodingKeys: String, CodingKey {
            case late, running
            case inTime = "in_time"
            case noPromise = "no_promise"
        }

        mutating func add(_ standing: Standing) {
            switch standing {
            case .inTime: inTime += 1
            case .late: late += 1
            case .running: running += 1
            case .noPromise: noPromise += 1
            }
        }

        /// Share in time of those that have ended or run out, in percent; nil without any.
        public var percentInTime: Double? {
            inTime + late == 0 ? nil : Double(inTime) * 100 / Double(inTime + late)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case tenant, from, to, requests, types
        case asOf = "as_of"
        case withoutType = "without_type"
    }

    /// A table: for each type the share in time before and after, and how many change.
    public var description: String {
        let head = ["type", "requests", "review now", "draft", "complete now", "draft", "late→in time", "in time→late"]
        var rows = [head]
        for line in types {
            rows.append([
                line.service, "\(line.requests)", Self.percent(line.review.before), Self.percent(line.review.after),
                Self.percent(line.complete.before), Self.percent(line.complete.after),
                "\(line.review.becomesInTime + line.complete.becomesInTime)",
                "\(line.review.becomesLate + line.complete.becomesLate)",
            ])
        }
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let table = rows.map { row in
            row.enumerated().map { column, text in
                let pad = String(repeating: " ", count: widths[column] - text.count)
                return column == 0 ? text + pad : pad + text
            }
            .joined(separator: "  ")
        }
        let span = "\(tenant): \(requests) requests received \(from.formatted(.iso8601)) to \(to.formatted(.iso8601))"
        let gone = withoutType == 0 ? [] : ["\(withoutType) of types the draft does not have"]
        return ([span, "draft as of \(asOf); share in time of what has ended or run out"] + table + gone)
            .joined(separator: "\n")
    }

    private static func percent(_ count: Count) -> String {
        count.percentInTime.map { "\(Int($0.rounded()))% of \(count.inTime + count.late)" } ?? "–"
    }
}
