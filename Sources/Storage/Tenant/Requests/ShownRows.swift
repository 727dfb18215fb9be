public import Domain
import Postgres

/// Which rows of a schema a public list shows, so that each request is seen where it belongs and nowhere as a copy.
///
/// A schema also holds rows of other bodies' requests: offers refused, shares told. They look open or closed by what this body did
/// with its copy, which says nothing of the request.
public enum ShownRows: Sendable, Hashable {
    /// Every row.
    case all

    /// Requests that this body leads or is offered, and those born under its codes, whoever leads them now; no offer it refused or
    /// lost, no share it was told.
    case ownOrBorn(under: [TenantCode])

    /// Requests born under these codes.
    case born(under: [TenantCode])

    /// Requests born under these codes that came in through another jurisdiction: the hub.
    case postedThrough(JurisdictionID, born: [TenantCode])

    /// The rows as a condition on a table or alias; nil for all.
    func condition(on table: SQL) -> SQL? {
        switch self {
        case .all: nil
        case .ownOrBorn(let codes): "(\(table).standing <> 'mirrored' OR \(Self.isBorn(codes, table)))"
        case .born(let codes): Self.isBorn(codes, table)
        case .postedThrough(let hub, let codes):
            """
            \(Self.isBorn(codes, table))
                AND EXISTS (
                    SELECT 1
                    FROM request_link AS link
                    WHERE link.service_request_id = \(table).service_request_id
                        AND link.peer = \(hub.rawValue)
                )
            """
        }
    }

    /// A reference begins with the code of the schema where it was born.
    private static func isBorn(_ codes: [TenantCode], _ table: SQL) -> SQL {
        "split_part(\(table).service_request_id, '-', 1) = ANY (\(codes.map(\.rawValue)))"
    }
}
