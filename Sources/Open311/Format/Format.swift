/// The two encodings of a GeoReport message.
///
/// Source: GeoReport v2, "Formats"; the extension of the path picks one (rule H1), `Accept` only when there is none (H2).
public enum Format: String, Sendable, Hashable, CaseIterable {
    /// XML in UTF-8, no namespace, no attributes.
    case xml
    /// JSON by the Spark mapping of the XML.
    case json

    /// Value of the `Content-Type` header.
    public var contentType: String {
        switch self {
        case .xml: "text/xml; charset=utf-8"
        case .json: "application/json; charset=utf-8"
        }
    }

    /// Media type without parameters, as `discovery` lists it.
    public var mediaType: String {
        switch self {
        case .xml: "text/xml"
        case .json: "application/json"
        }
    }

    /// Format for a path without extension: JSON when `Accept` names it and does not refuse it, otherwise XML.
    public static func accepted(by accept: String?) -> Format {
        guard let accept else { return .xml }
        for range in accept.split(separator: ",") {
            let pieces = range.split(separator: ";").map { $0.trimmed.lowercased() }
            guard pieces.first == "application/json" else { continue }
            let refused = pieces.dropFirst().contains { piece in
                piece.hasPrefix("q=") && Double(piece.dropFirst(2)) == 0
            }
            if !refused { return .json }
        }
        return .xml
    }
}

/// Last piece of a path taken apart: `services.json`, `1042.xml`, `services`.
public struct ResourceName: Sendable, Hashable {
    /// The piece without its extension: a resource, service code, request id or token, as sent.
    public let name: String

    /// What the extension says of the format.
    public let ending: Ending

    /// What stood after the last point.
    public enum Ending: Sendable, Hashable {
        /// A format of ours.
        case format(Format)
        /// No point in the piece: `Accept` decides.
        case none
        /// Another extension: 404.
        case unknown
    }

    /// Takes the last piece of a path apart; it must be percent-decoded already.
    public init(_ piece: some StringProtocol) {
        guard let point = piece.lastIndex(of: ".") else {
            name = String(piece)
            ending = .none
            return
        }
        name = String(piece[..<point])
        ending = Format(rawValue: String(piece[piece.index(after: point)...])).map(Ending.format) ?? .unknown
    }

    /// Format to answer in, nil when the extension names none of ours.
    public func format(accept: String?) -> Format? {
        switch ending {
        case .format(let format): format
        case .none: Format.accepted(by: accept)
        case .unknown: nil
        }
    }
}
