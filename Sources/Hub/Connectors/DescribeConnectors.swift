public import Domain
public import Foundation
import Storage

/// How a tenant's connectors are doing, for an operator.
public struct DescribeConnectors: Sendable {
    /// One connector.
    public struct Line: Sendable, Codable {
        /// The tenant.
        public let tenant: JurisdictionID
        /// The connector.
        public let code: String
        /// How it is spoken to.
        public let kind: ForwardingTarget.Kind
        /// Where things go.
        public let place: String
        /// `never tested`, `works`, `failing since …`, `switched off`.
        public let condition: String
        /// Rows of the outbox by state, those sent left out.
        public let waiting: [String: Int]
        /// When it last answered well.
        public let lastSuccess: Date?
        /// What went wrong last.
        public let lastFault: String?
        /// Nothing is sent before this instant; nil when open.
        public let restsUntil: Date?
        /// Last day compared, and how many differences there were.
        public let reconciled: String?
        /// Differences of that day.
        public let differences: Int?

        private enum CodingKeys: String, CodingKey {
            case tenant, code, kind, place, condition, waiting, reconciled, differences
            case lastSuccess = "last_success"
            case lastFault = "last_fault"
            case restsUntil = "rests_until"
        }
    }

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// The connectors of one tenant, in the order of its file.
    public func callAsFunction(_ tenant: HostedTenant) async throws -> [Line] {
        let targets = tenant.configuration.forwarding
        guard !targets.isEmpty else { return [] }
        let now = surroundings.now()
        let (conditions, depths, reports) = try await surroundings.databases.withTenant(tenant.code, .readOnly) {
            (
                try await ForwardingTargets($0).all(), try await Outbox($0).depths(),
                try await ConnectorReconciliations($0).latest()
            )
        }
        return targets.map { target in
            let address = OutboxTarget.of(target)
            let condition = conditions.first { $0.target == address }
            let report = reports.first { $0.connector == target.code }
            let rows = depths.filter { $0.target == address }
            return Line(
                tenant: tenant.id,
                code: target.code,
                kind: target.kind,
                place: target.endpoint,
                condition: Self.word(condition, target),
                waiting: Dictionary(rows.map { ($0.state.rawValue, $0.count) }, uniquingKeysWith: +),
                lastSuccess: condition?.lastSuccessAt,
                lastFault: condition?.lastFault,
                restsUntil: condition?.closedUntil.flatMap { $0 > now ? $0 : nil },
                reconciled: report.map { "\($0.day)" },
                differences: report?.differences
            )
        }
    }

    private static func word(_ condition: TargetCondition?, _ target: ForwardingTarget) -> String {
        guard target.isEnabled else { return "switched off" }
        guard let condition else { return "never used" }
        guard condition.failuresInARow > 0 else { return "works" }
        return "failing, \(condition.failuresInARow) times in a row"
    }
}
