public import Foundation

/// What a declared weather event may suspend at a tenant.
///
/// Source: Ontario Regulation 239/02, significant weather event: times for snow stand still until it is declared over.
public struct WeatherRule: Sendable, Hashable, Codable {
    /// Parts of service whose clocks may stand still.
    public let parts: [PartPattern]

    /// Classes of road whose clocks may; empty means all, and places without a road.
    public let roadClasses: [Int]

    /// The longest an event may last.
    public let atMost: SLATarget

    /// A rule.
    public init(parts: [PartPattern], roadClasses: [Int] = [], atMost: SLATarget) {
        self.parts = parts
        self.roadClasses = roadClasses
        self.atMost = atMost
    }

    /// Winter work for at most fourteen days.
    public static let standard: WeatherRule? = (try? SLATarget(amount: 14, .days)).map {
        WeatherRule(parts: [PartPattern(trusted: "winter.*")], atMost: $0)
    }

    private enum CodingKeys: String, CodingKey {
        case parts
        case roadClasses = "road_classes"
        case atMost = "at_most"
    }
}

/// A significant weather event that a tenant has declared.
public struct WeatherEvent: Sendable, Hashable, Codable, Identifiable {
    /// Its number.
    public let id: UUID

    /// What everybody may read.
    public let text: LocalizedText

    /// The part of the municipality in words; nil means all of it.
    public let area: String?

    /// Parts of service it suspends.
    public let parts: [PartPattern]

    /// Classes of road it suspends; empty means all.
    public let roadClasses: [Int]

    /// From when clocks stand still; never before it was declared, so that nothing late becomes timely.
    public let startsAt: Date

    /// When clocks run again: when it was declared over, or at the latest by the tenant's rule.
    public internal(set) var endsAt: Date

    /// When it was declared.
    public let declaredAt: Date

    /// Who declared it.
    public let declaredBy: String

    /// A declaration that cannot be.
    public enum Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// The tenant allows none.
        case notAllowed
        /// Parts the tenant's rule does not let stand still.
        case parts([String], allowed: [String])
        /// It would end before it begins, or last too long.
        case span(latest: Date)

        /// What is wrong and what would be right.
        public var description: String {
            switch self {
            case .notAllowed: "this tenant's deadlines.yml allows no weather event to be declared"
            case .parts(let wrong, let allowed):
                "\(wrong.joined(separator: ", ")) cannot be suspended here; possible: \(allowed.joined(separator: ", "))"
            case .span(let latest):
                "a weather event ends after it begins, and by \(latest.formatted(.iso8601)) at the latest"
            }
        }
    }

    /// Declares an event.
    ///
    /// - Parameters:
    ///   - parts: What it suspends; empty: everything the rule lets stand still.
    ///   - startsAt: A start in the past is taken as now.
    ///   - endsAt: When it is expected to be over; nil: at the latest by the rule.
    public init(
        id: UUID = UUID(),
        text: LocalizedText,
        area: String? = nil,
        parts: [PartPattern] = [],
        startsAt: Date,
        endsAt: Date? = nil,
        rule: WeatherRule?,
        calendar: BusinessCalendar,
        declaredAt now: Date,
        declaredBy: String
    ) throws(Invalid) {
        guard let rule else { throw .notAllowed }
        let wrong = parts.filter { part in
            !rule.parts.contains { allowed in
                allowed == part || allowed.rawValue == "*"
                    || allowed.covers(ServicePart(trusted: part.rawValue.replacing(".*", with: "")))
            }
        }
        guard wrong.isEmpty else {
            throw .parts(wrong.map(\.rawValue), allowed: rule.parts.map(\.rawValue))
        }
        let start = max(startsAt, now)
        let latest = calendar.due(from: start, target: rule.atMost)
        let end = endsAt ?? latest
        guard end > start, end <= latest else { throw .span(latest: latest) }
        self.init(
            id: id,
            text: text,
            area: area,
            parts: parts.isEmpty ? rule.parts : parts,
            roadClasses: rule.roadClasses,
            startsAt: start,
            endsAt: end,
            declaredAt: now,
            declaredBy: declaredBy
        )
    }

    /// Reads one back.
    public init(
        id: UUID,
        text: LocalizedText,
        area: String?,
        parts: [PartPattern],
        roadClasses: [Int],
        startsAt: Date,
        endsAt: Date,
        declaredAt: Date,
        declaredBy: String
    ) {
        self.id = id
        self.text = text
        self.area = area
        self.parts = parts
        self.roadClasses = roadClasses
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.declaredAt = declaredAt
        self.declaredBy = declaredBy
    }

    /// Whether clocks stand still for it at an instant.
    public func isOn(at instant: Date) -> Bool { startsAt <= instant && instant < endsAt }

    /// Whether it suspends work on a part of service, on a road of a class where there is one.
    public func suspends(part: ServicePart?, roadClass: String?) -> Bool {
        guard let part, parts.contains(where: { $0.covers(part) }) else { return false }
        guard !roadClasses.isEmpty else { return true }
        return roadClass.flatMap(RoadClassTargets.number(ofClass:)).map(roadClasses.contains) ?? false
    }

    /// It is over; nothing when it was before.
    public mutating func end(at instant: Date) {
        endsAt = min(endsAt, max(instant, startsAt))
    }

    private enum CodingKeys: String, CodingKey {
        case id, text, area, parts
        case roadClasses = "road_classes"
        case startsAt = "starts_at"
        case endsAt = "ends_at"
        case declaredAt = "declared_at"
        case declaredBy = "declared_by"
    }
}
