public import Domain
public import Foundation

/// What is said when an event is declared.
public struct EventDeclaration: Sendable, Hashable {
    /// Public types it collects, the main one first.
    public var types: [ServiceCode]
    /// Where it holds.
    public var area: EventArea
    /// First instant of reports it collects; nil: now.
    public var begins: Date?
    /// Last instant; nil: until it is closed.
    public var ends: Date?
    /// What the public reads.
    public var banner: LocalizedText

    /// A declaration.
    public init(types: [ServiceCode], area: EventArea, begins: Date? = nil, ends: Date? = nil, banner: LocalizedText) {
        self.types = types
        self.area = area
        self.begins = begins
        self.ends = ends
        self.banner = banner
    }

    /// Longest banner, in characters.
    public static let longestBanner = 300

    /// Everything wrong with it at a tenant; empty when it can be declared.
    func faults(at tenant: HostedTenant, now: Date) -> [FieldFault] {
        var faults: [FieldFault] = []
        func fail(_ field: String, _ english: String, _ french: String, expected: (String, String)) {
            faults.append(
                FieldFault(
                    field: field,
                    code: .outOfRange,
                    fault: LocalizedText(english: english, french: french),
                    expected: LocalizedText(english: expected.0, french: expected.1)
                )
            )
        }
        if types.isEmpty { faults.append(.missing("service")) }
        for type in types
        where tenant.catalogue.service(forPublicType: type, at: tenant.day(of: now))?.visibility != .public {
            fail(
                "service",
                "\(type) is no public type of \(tenant.id)",
                "\(type) n’est pas un type public de \(tenant.id)",
                expected: ("a public type from the list of services", "un type public de la liste des services")
            )
        }
        let isShort = banner.english.count <= Self.longestBanner && banner.french.count <= Self.longestBanner
        if !isShort || banner.english.allSatisfy(\.isWhitespace) || banner.french.allSatisfy(\.isWhitespace) {
            fail(
                "banner",
                "is empty or too long",
                "est vide ou trop long",
                expected: (
                    "1 to \(Self.longestBanner) characters in each language",
                    "de 1 à \(Self.longestBanner) caractères dans chaque langue"
                )
            )
        }
        if let ends, ends <= begins ?? now {
            fail(
                "ends",
                "lies before its beginning",
                "précède son début",
                expected: ("an instant after its beginning", "un instant après son début")
            )
        }
        switch area {
        case .everywhere: break
        case .circle(_, let metres):
            if !(1...200_000).contains(metres) {
                fail(
                    "metres",
                    "is no radius of an event",
                    "n’est pas un rayon d’événement",
                    expected: ("1 to 200000 metres", "de 1 à 200000 mètres")
                )
            }
        case .polygon(let ring):
            if !(3...500).contains(ring.count) {
                fail(
                    "polygon",
                    "has \(ring.count) points",
                    "a \(ring.count) points",
                    expected: ("3 to 500 points", "de 3 à 500 points")
                )
            }
        }
        return faults
    }
}

/// An event that cannot be declared, attached to or closed.
public enum EventFault: Error, Sendable, CustomStringConvertible {
    /// Something said is wrong; each fault names its field.
    case refused([FieldFault])
    /// There is no such event here.
    case unknown
    /// It is closed already.
    case closedAlready

    /// For whoever declares it.
    public var description: String {
        switch self {
        case .refused(let faults):
            faults.map { "\($0.field): \($0.fault.english); \($0.expected.english)" }.joined(separator: "\n")
        case .unknown: "no event of this id here"
        case .closedAlready: "the event is closed already"
        }
    }
}
