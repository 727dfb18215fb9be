public import Domain
public import Foundation
public import Storage

/// Counts requests by tenant and over the region: each once, at its lead; mirrors and parts beside it.
public struct CountRequests: Sendable {
    /// The figures of a time.
    public struct Figures: Sendable, Hashable, Codable {
        /// By `jurisdiction_id`, in order.
        public let tenants: [Row]
        /// Over all of them.
        public let region: RequestFigure
    }

    /// One tenant's figures.
    public struct Row: Sendable, Hashable, Codable {
        /// The tenant.
        public let tenant: JurisdictionID
        /// Its figures.
        public let figure: RequestFigure

        private enum CodingKeys: String, CodingKey {
            case tenant = "jurisdiction_id"
            case figure
        }
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Counts what was received in a time, its last instant left out; one tenant's own role after the other.
    public func callAsFunction(from start: Date, until end: Date) async throws -> Figures {
        var rows: [Row] = []
        var sum = RequestFigure()
        for entry in surroundings.directory.entries.sorted(by: { $0.id.rawValue < $1.id.rawValue }) {
            let figure = try await surroundings.databases.withTenant(entry.code, .readOnly) {
                try await RequestFigures($0).count(from: start, until: end)
            }
            rows.append(Row(tenant: entry.id, figure: figure))
            sum.led += figure.led
            sum.open += figure.open
            sum.parts += figure.parts
            sum.mirrored += figure.mirrored
            sum.waiting += figure.waiting
            sum.reopened += figure.reopened
            sum.disputes += figure.disputes
        }
        return Figures(tenants: rows, region: sum)
    }
}

/// How often each rule of the agreement sends requests to a body that says they are not theirs.
public struct RateMisroutes: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The rules by which requests received in a time were decided, the most misroutes first.
    public func callAsFunction(from start: Date, until end: Date) async throws -> [MisrouteFigure] {
        var rules: [String: MisrouteFigure] = [:]
        for entry in surroundings.directory.entries {
            let codes = surroundings.directory.codes(of: entry.id)
            let figures = try await surroundings.databases.withTenant(entry.code, .readOnly) {
                try await RequestFigures($0).misroutes(bornUnder: codes, from: start, until: end)
            }
            for figure in figures {
                var sum = rules[figure.rule] ?? MisrouteFigure(rule: figure.rule, decided: 0, misrouted: 0)
                sum.decided += figure.decided
                sum.misrouted += figure.misrouted
                rules[figure.rule] = sum
            }
        }
        return rules.values.sorted { left, right in
            (right.misrouted, right.decided, left.rule) < (left.misrouted, left.decided, right.rule)
        }
    }
}
