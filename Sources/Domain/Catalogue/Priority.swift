/// How soon a service request needs somebody.
public enum Priority: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Danger: duty staff is called at any hour.
    case p1 = "P1"
    /// Same or next day.
    case p2 = "P2"
    /// Normal.
    case p3 = "P3"
    /// Planned or low.
    case p4 = "P4"

    /// More urgent comes first.
    public static func < (left: Priority, right: Priority) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// Who may see a service request of a type.
public enum ServiceVisibility: String, Sendable, Hashable, Codable, CaseIterable {
    /// On the public map, in lists and in Open311.
    case `public`
    /// Only its requester and staff.
    case requester
    /// Only staff who need it; never in feeds, maps, Open311 lists or councillors' views, not even as a point.
    case confidential
}

/// Whether a requester must say who they are.
public enum ContactRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nobody has to.
    case anonymous
    /// Asked for, may be left out.
    case wanted
    /// The law or the work needs it.
    case required
}
