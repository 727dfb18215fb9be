import Domain
import Foundation
public import XML

extension LoSTAnswer {
    /// The message in UTF-8, to be sent with the type ``LoSTMessage/mediaType``.
    ///
    /// - Throws: ``XMLWriteFault`` when a text holds a character that XML cannot carry.
    public func bytes() throws(XMLWriteFault) -> [UInt8] {
        var declared: Set<String> = []
        if case .findService(let answer) = self, answer.validation != nil { declared.insert(LoSTNamespace.civic) }
        return try element.document(prefixes: LoSTNamespace.prefixes, declaring: declared)
    }

    /// The message as an element; children stand in the order of the grammar.
    public var element: XMLElement {
        switch self {
        case .findService(let answer):
            MessageParts.message(
                "findServiceResponse",
                [],
                answer.mappings.map(AnswerParts.mapping) + AnswerParts.validation(answer.validation)
                    + answer.warnings.map(AnswerParts.warnings) + MessageParts.path(answer.path)
                    + AnswerParts.locationUsed(answer.locationUsed)
            )
        case .listServices(let answer):
            MessageParts.message(
                "listServicesResponse",
                [],
                [AnswerParts.serviceList(answer.services)] + answer.warnings.map(AnswerParts.warnings)
                    + MessageParts.path(answer.path)
            )
        case .listServicesByLocation(let answer):
            MessageParts.message(
                "listServicesByLocationResponse",
                [],
                [AnswerParts.serviceList(answer.services)] + answer.warnings.map(AnswerParts.warnings)
                    + MessageParts.path(answer.path) + AnswerParts.locationUsed(answer.locationUsed)
            )
        case .serviceBoundary(let answer):
            MessageParts.message(
                "getServiceBoundaryResponse",
                [],
                answer.boundary.map(AnswerParts.boundary) + answer.warnings.map(AnswerParts.warnings)
                    + MessageParts.path(answer.path)
            )
        case .errors(let errors):
            MessageParts.message("errors", [("source", errors.source.rawValue)], errors.list.map(AnswerParts.error))
        case .redirect(let redirect):
            MessageParts.message(
                "redirect",
                [
                    ("target", redirect.target.rawValue), ("source", redirect.source.rawValue),
                    ("message", redirect.message), ("xml:lang", redirect.message == nil ? nil : "en"),
                ],
                []
            )
        }
    }
}

/// Parts of answers as elements.
enum AnswerParts {
    static func mapping(_ mapping: Mapping) -> XMLElement {
        var children = mapping.displayNames.map { name in
            MessageParts.message("displayName", [("xml:lang", name.language)], [], text: name.text)
        }
        children += MessageParts.service(mapping.service)
        switch mapping.boundary {
        case .value(let areas): children += areas.map(boundary)
        case .reference(let source, let key):
            children.append(
                MessageParts.message("serviceBoundaryReference", [("source", source.rawValue), ("key", key)], [])
            )
        case nil: break
        }
        children += mapping.uris.map { MessageParts.message("uri", [], [], text: $0) }
        if let number = mapping.serviceNumber {
            children.append(MessageParts.message("serviceNumber", [], [], text: number))
        }
        return MessageParts.message(
            "mapping",
            [
                ("expires", expiry(mapping.expires)), ("lastUpdated", instant(mapping.lastUpdated)),
                ("source", mapping.source.rawValue), ("sourceId", mapping.sourceID),
            ],
            children
        )
    }

    private static func expiry(_ expiry: Mapping.Expiry) -> String {
        switch expiry {
        case .at(let date): instant(date)
        case .noCache: "NO-CACHE"
        case .never: "NO-EXPIRATION"
        }
    }

    private static func instant(_ date: Date) -> String { date.formatted(.iso8601) }

    static func boundary(_ area: ServiceBoundary) -> XMLElement {
        switch area {
        case .polygon(let rings):
            MessageParts.message(
                "serviceBoundary",
                [("profile", LocationProfile.geodetic)],
                [GeodeticWriter.polygon(rings)]
            )
        case .civic(let address):
            MessageParts.message("serviceBoundary", [("profile", LocationProfile.civic)], [address.element])
        case .other(let profile, let elements):
            MessageParts.message("serviceBoundary", [("profile", profile)], elements)
        }
    }

    static func validation(_ validation: LocationValidation?) -> [XMLElement] {
        guard let validation else { return [] }
        let lists = [("valid", validation.valid), ("invalid", validation.invalid), ("unchecked", validation.unchecked)]
        let children = lists.filter { !$0.1.isEmpty }.map { name, names in
            MessageParts.message(name, [], [], text: names.map { "ca:\($0)" }.joined(separator: " "))
        }
        return [MessageParts.message("locationValidation", [], children)]
    }

    static func warnings(_ warnings: LoSTWarnings) -> XMLElement {
        MessageParts.message(
            "warnings",
            [("source", warnings.source.rawValue)],
            warnings.list.map {
                MessageParts.message($0.kind.rawValue, [("message", $0.message), ("xml:lang", "en")], [])
            }
        )
    }

    static func error(_ error: LoSTError) -> XMLElement {
        // The grammar of RFC 5222 lacks SRSInvalid, so that an answer with it would not be valid (B11).
        let kind = error.kind == .srsInvalid ? LoSTError.Kind.locationInvalid : error.kind
        let profiles =
            kind == .locationProfileUnrecognized ? error.unsupportedProfiles.joined(separator: " ") : nil
        return MessageParts.message(
            kind.rawValue,
            [("unsupportedProfiles", profiles), ("message", oneLine(error.message)), ("xml:lang", "en")],
            []
        )
    }

    /// Nothing of a sender's that XML cannot carry may spoil the error about it.
    private static func oneLine(_ text: String) -> String {
        XMLText(replacingIllegal: text.wordsOfXML.joined(separator: " ")).string
    }

    static func serviceList(_ services: [String]) -> XMLElement {
        MessageParts.message("serviceList", [], [], text: services.joined(separator: " "))
    }

    static func locationUsed(_ id: String?) -> [XMLElement] {
        id.map { [MessageParts.message("locationUsed", [("id", $0)], [])] } ?? []
    }
}
