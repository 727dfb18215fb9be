import Domain

/// What a person picked of the addresses offered for their words: one of them, or none.
enum AddressPick: Sendable, Hashable {
    /// None is right; the words are kept.
    case none
    /// An address with its point.
    case address(String, latitude: String, longitude: String)

    /// The value of the choice that keeps the words.
    static let keep = "keep"

    /// Reads the value of a choice; nil when it is none of ours.
    init?(_ value: String) {
        guard value != Self.keep else {
            self = .none
            return
        }
        let parts = value.split(separator: "|", maxSplits: 2).map(String.init)
        guard parts.count == 3, parts[2].utf8.count <= 600,
            (try? Coordinate(latitudeText: parts[0], longitudeText: parts[1])) != nil
        else { return nil }
        self = .address(parts[2], latitude: parts[0], longitude: parts[1])
    }

    /// The value of a choice.
    static func value(of candidate: AddressCandidate) -> String {
        "\(candidate.coordinate.latitudeText)|\(candidate.coordinate.longitudeText)|\(candidate.text)"
    }
}

extension ReportDraft {
    /// Takes what was picked; a value that is none of ours changes nothing.
    mutating func take(_ pick: AddressPick?) {
        switch pick {
        case .address(let text, let latitude, let longitude):
            setPlace(latitude: latitude, longitude: longitude, address: text)
            isPointOfAddress = true
        case .some(.none): isAddressKept = true
        case nil: break
        }
    }
}
