public import Foundation

/// A storm, a flood, a broken main: one matter that hundreds report, declared by a tenant or by the hub.
///
/// It has a request of its own, the parent. While the event is open, reports of its types in its area and time are joined to that
/// parent as they come; when it is closed the parent ends, and they with it.
///
/// ```
/// declared ──► open ──close──► closed
///               │  ▲
///               └──┘ attach (reports made before it was declared)
/// ```
public struct DeclaredEvent: Sendable, Hashable, Codable, Identifiable {
    /// Its identity.
    public let id: UUID
    /// Who declared it: a tenant, whose own requests it collects, or the hub, which collects everybody's.
    public let owner: JurisdictionID
    /// The request that everything is joined to.
    public let parent: RequestReference
    /// Public types it collects.
    public let types: [ServiceCode]
    /// Where it holds.
    public let area: EventArea
    /// First instant of reports it collects.
    public let begins: Date
    /// Last instant of reports it collects; nil: until it is closed.
    public let ends: Date?
    /// What the public reads on every page while it is open.
    public let banner: LocalizedText
    /// Where it stands.
    public private(set) var state: State

    /// States of an event.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Collects. Goes to ``closed``.
        case open
        /// Collects no more; its parent has ended or ends now. The end.
        case closed
    }

    /// Closed before.
    public struct ClosedAlready: Error, Sendable, Hashable, CustomStringConvertible {
        /// For whoever closes it.
        public var description: String { "the event is closed already" }

        /// The one value there is.
        public init() {}
    }

    /// An event.
    public init(
        id: UUID = UUID(),
        owner: JurisdictionID,
        parent: RequestReference,
        types: [ServiceCode],
        area: EventArea,
        begins: Date,
        ends: Date? = nil,
        banner: LocalizedText,
        state: State = .open
    ) {
        self.id = id
        self.owner = owner
        self.parent = parent
        self.types = types
        self.area = area
        self.begins = begins
        self.ends = ends
        self.banner = banner
        self.state = state
    }

    /// Closes it; the caller ends the parent.
    public mutating func close() throws(ClosedAlready) {
        guard state == .open else { throw ClosedAlready() }
        state = .closed
    }

    /// Whether a report belongs to it: its type, its place and the instant it was made.
    public func collects(_ type: ServiceCode, at place: Coordinate?, made instant: Date) -> Bool {
        isOn(at: instant) && types.contains(type) && area.contains(place)
    }

    /// Whether it is open and its time runs.
    public func isOn(at instant: Date) -> Bool {
        state == .open && begins <= instant && ends.map { instant <= $0 } ?? true
    }

    private enum CodingKeys: String, CodingKey {
        case id = "event_id"
        case owner = "jurisdiction_id"
        case parent = "parent_reference"
        case types = "public_types"
        case area
        case begins = "begins_at"
        case ends = "ends_at"
        case banner, state
    }
}
