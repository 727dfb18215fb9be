public import Domain
public import Foundation
public import Geo

/// What would change if a generation were put in force: counted, with every thing that changes hands handed out one by one.
public struct Rehearsal: Sendable, Hashable, Codable {
    /// The generation in force.
    public let active: GenerationID
    /// The one rehearsed.
    public let candidate: GenerationID
    /// The instant the rules are asked for.
    public let at: Date
    /// Ground that changes hands, the largest first.
    public var ground: [GroundChange] = []
    /// Kilometres between all areas in force and all of the candidate; nil where they meet, as they should.
    public var kilometresApart: Int?
    /// Requests looked at.
    public var requestsRead = 0
    /// Requests without a place, of which nothing can be said.
    public var requestsUnplaced = 0
    /// Addresses looked at; nil where the hub has none.
    public var addressesRead: Int?
    /// Requests and addresses by the municipality they leave and the one they come to.
    public var moves: [Move] = []
    /// Requests that another body would lead, by the two bodies.
    public var leads: [LeadChange] = []

    /// How many things pass from one answer to another.
    public struct Move: Sendable, Hashable, Codable {
        /// The answer of the generation in force: a municipality, several joined by `;`, `gap` or `outside`.
        public let from: String
        /// The answer of the candidate.
        public let to: String
        /// Open requests.
        public var openRequests = 0
        /// Past requests.
        public var pastRequests = 0
        /// Addresses.
        public var addresses = 0

        private enum CodingKeys: String, CodingKey {
            case from, to, addresses
            case openRequests = "open_requests"
            case pastRequests = "past_requests"
        }
    }

    /// How many requests pass from one lead to another.
    public struct LeadChange: Sendable, Hashable, Codable {
        /// The body that leads by the generation in force.
        public let from: String
        /// The body that would lead.
        public let to: String
        /// Open requests.
        public var openRequests = 0
        /// Past requests.
        public var pastRequests = 0

        private enum CodingKeys: String, CodingKey {
            case from, to
            case openRequests = "open_requests"
            case pastRequests = "past_requests"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case active, candidate, at, ground, moves, leads
        case kilometresApart = "kilometres_apart"
        case requestsRead = "requests_read"
        case requestsUnplaced = "requests_unplaced"
        case addressesRead = "addresses_read"
    }

    mutating func count(_ moved: MovedThing) {
        if moved.from != moved.to {
            let index =
                moves.firstIndex { $0.from == moved.from && $0.to == moved.to }
                ?? {
                    moves.append(Move(from: moved.from, to: moved.to))
                    return moves.count - 1
                }()
            switch moved.kind {
            case .openRequest: moves[index].openRequests += 1
            case .pastRequest: moves[index].pastRequests += 1
            case .address: moves[index].addresses += 1
            }
        }
        guard moved.changesLead, let was = moved.leadNow, let becomes = moved.leadNext else { return }
        let index =
            leads.firstIndex { $0.from == was && $0.to == becomes }
            ?? {
                leads.append(LeadChange(from: was, to: becomes))
                return leads.count - 1
            }()
        if moved.kind == .openRequest { leads[index].openRequests += 1 } else { leads[index].pastRequests += 1 }
    }

    mutating func sort() {
        moves.sort { ($0.from, $0.to) < ($1.from, $1.to) }
        leads.sort { ($0.from, $0.to) < ($1.from, $1.to) }
    }
}

/// One request or address that another municipality would answer for, or another body lead.
public struct MovedThing: Sendable, Hashable {
    /// What it is.
    public let kind: ChangePicture.Mark.Kind
    /// Reference of the request, or id of the address.
    public let id: String
    /// The tenant whose request it is; nil for addresses.
    public let tenant: JurisdictionID?
    /// Where it is.
    public let place: Coordinate
    /// Whose place it is by the generation in force.
    public let from: String
    /// Whose it would be.
    public let to: String
    /// The body that leads by the decision stored with it.
    public let leadThen: String?
    /// The body that would lead if it came in now.
    public let leadNow: String?
    /// The body that would lead after the change.
    public let leadNext: String?
    /// The generation that routed it, which it keeps.
    public let generation: GenerationID?

    /// Whether the change of boundaries alone gives it another lead.
    public var changesLead: Bool { leadNow != leadNext }
}

extension Rehearsal: CustomStringConvertible {
    /// The rehearsal for a person.
    public var description: String {
        var lines = ["generation \(candidate) in place of \(active), by the rules of \(at.formatted(.iso8601))"]
        if let kilometresApart {
            lines.append(
                "the candidate lies \(kilometresApart) km from the generation in force: a wrong coordinate system, or latitude for longitude?"
            )
        }
        for change in ground.prefix(40) {
            let from = change.from.isEmpty ? "nobody" : change.from.map(\.rawValue).joined(separator: " and ")
            let to = change.to.isEmpty ? "nobody" : change.to.map(\.rawValue).joined(separator: " and ")
            let size = String(format: change.squareMetres < 100 ? "%.2f" : "%.0f", change.squareMetres)
            lines.append(
                "ground  \(change.layer): \(size) m² from \(from) to \(to), \(change.pieceCount) piece(s), at \(change.place)"
            )
        }
        if ground.isEmpty { lines.append("no ground changes hands") }
        if ground.count > 40 { lines.append("and \(ground.count - 40) smaller changes of ground") }
        for move in moves {
            lines.append(
                "moves   \(move.from) → \(move.to): \(move.openRequests) open and \(move.pastRequests) past requests"
                    + (addressesRead == nil ? "" : ", \(move.addresses) addresses")
            )
        }
        for lead in leads {
            lines.append(
                "lead    \(lead.from) → \(lead.to): \(lead.openRequests) open and \(lead.pastRequests) past requests"
            )
        }
        if moves.isEmpty, leads.isEmpty { lines.append("no request and no address changes hands") }
        lines.append(
            "looked at \(requestsRead) requests"
                + (requestsUnplaced > 0 ? " (\(requestsUnplaced) more have no place)" : "")
                + (addressesRead.map { " and \($0) addresses" } ?? "; this hub has no addresses")
        )
        return lines.joined(separator: "\n")
    }
}
