import Domain
import Foundation
public import XML

extension LoSTAnswer {
    /// Reads what another server answered.
    ///
    /// - Throws: ``LoSTError`` `serverError` when it is no answer of LoST; what the grammar demands is demanded, what it does not know
    ///   is ignored.
    public init(parsing bytes: some Collection<UInt8>) throws(LoSTError) {
        let root: XMLElement
        do throws(XMLFault) {
            root = try XMLElement(parsing: bytes, limits: XMLLimits(bytes: LoSTMessage.largest))
        } catch {
            throw LoSTError(.serverError, error.description)
        }
        do throws(LoSTError) { try self.init(root) } catch { throw LoSTError(.serverError, error.message) }
    }

    /// Reads an answer from its element.
    public init(_ root: XMLElement) throws(LoSTError) {
        guard root.name.namespace == LoSTNamespace.lost else {
            throw LoSTError(.badRequest, "the root element is not in the namespace \(LoSTNamespace.lost)")
        }
        var children = MessageChildren(root)
        switch root.name.local {
        case "findServiceResponse":
            var mappings: [Mapping] = []
            for element in children.takeAll("mapping") { mappings.append(try AnswerReader.mapping(element)) }
            guard !mappings.isEmpty else { throw LoSTError(.badRequest, "findServiceResponse has no mapping") }
            let validation = children.take("locationValidation").map(AnswerReader.validation)
            let warnings = try AnswerReader.warnings(&children)
            let path = try AnswerReader.path(&children)
            self = .findService(
                FindServiceResponse(
                    mappings: mappings,
                    validation: validation,
                    warnings: warnings,
                    path: path,
                    locationUsed: children.take("locationUsed")?.attribute("id")
                )
            )
        case "listServicesResponse":
            let services = try AnswerReader.services(&children)
            let warnings = try AnswerReader.warnings(&children)
            let path = try AnswerReader.path(&children)
            self = .listServices(ListServicesResponse(services: services, warnings: warnings, path: path))
        case "listServicesByLocationResponse":
            let services = try AnswerReader.services(&children)
            let warnings = try AnswerReader.warnings(&children)
            let path = try AnswerReader.path(&children)
            self = .listServicesByLocation(
                ListServicesByLocationResponse(
                    services: services,
                    warnings: warnings,
                    path: path,
                    locationUsed: children.take("locationUsed")?.attribute("id")
                )
            )
        case "getServiceBoundaryResponse":
            var areas: [ServiceBoundary] = []
            for element in children.takeAll("serviceBoundary") { areas.append(try AnswerReader.boundary(element)) }
            guard !areas.isEmpty else {
                throw LoSTError(.badRequest, "getServiceBoundaryResponse has no serviceBoundary")
            }
            let warnings = try AnswerReader.warnings(&children)
            let path = try AnswerReader.path(&children)
            self = .serviceBoundary(GetServiceBoundaryResponse(boundary: areas, warnings: warnings, path: path))
        case "errors":
            let list = root.children.compactMap(AnswerReader.error)
            guard !list.isEmpty else { throw LoSTError(.badRequest, "errors holds none that is known") }
            self = .errors(LoSTErrors(source: try root.serverName("source"), list))
        case "redirect":
            self = .redirect(
                LoSTRedirect(
                    target: try root.serverName("target"),
                    source: try root.serverName("source"),
                    message: root.attribute("message")
                )
            )
        default: throw LoSTError(.badRequest, "\(root.name.local.prefix(60)) is no answer of LoST")
        }
    }
}

/// Parts of answers from elements.
enum AnswerReader {
    static func mapping(_ element: XMLElement) throws(LoSTError) -> Mapping {
        var children = MessageChildren(element)
        let names = children.takeAll("displayName").map { name in
            Mapping.DisplayName(
                name.text,
                language: name.attribute("lang", namespace: XMLName.xmlNamespace) ?? ""
            )
        }
        let service = try children.service()
        var areas: [ServiceBoundary] = []
        for area in children.takeAll("serviceBoundary") { areas.append(try boundary(area)) }
        var boundary = areas.isEmpty ? nil : Mapping.Boundary.value(areas)
        if boundary == nil, let reference = children.take("serviceBoundaryReference") {
            boundary = .reference(
                source: try reference.serverName("source"),
                key: try required("key", of: reference)
            )
        }
        let uris = children.takeAll("uri").map(\.text.withoutOuterBlanks)
        let number = children.take("serviceNumber")?.text.withoutOuterBlanks
        return Mapping(
            source: try element.serverName("source"),
            sourceID: try required("sourceId", of: element),
            lastUpdated: try instant(try required("lastUpdated", of: element)),
            expires: try expiry(try required("expires", of: element)),
            displayNames: names,
            service: service ?? "",
            boundary: boundary,
            uris: uris,
            serviceNumber: number
        )
    }

    private static func required(_ name: String, of element: XMLElement) throws(LoSTError) -> String {
        guard let value = element.attribute(name)?.withoutOuterBlanks, !value.isEmpty else {
            throw LoSTError(.badRequest, "\(element.name.local) has no \(name)")
        }
        return value
    }

    private static func expiry(_ text: String) throws(LoSTError) -> Mapping.Expiry {
        switch text {
        case "NO-CACHE": .noCache
        case "NO-EXPIRATION": .never
        default: .at(try instant(text))
        }
    }

    private static func instant(_ text: String) throws(LoSTError) -> Date {
        if let date = try? Date(text, strategy: .iso8601) { return date }
        if let date = try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)) {
            return date
        }
        throw LoSTError(.badRequest, "\"\(text.prefix(40))\" is no date and time")
    }

    static func boundary(_ element: XMLElement) throws(LoSTError) -> ServiceBoundary {
        let profile = element.attribute("profile") ?? LocationProfile.geodetic
        if profile == LocationProfile.geodetic,
            let polygon = element.first("Polygon", namespace: LoSTNamespace.gml)
        {
            return .polygon(rings: try GeodeticReader.rings(of: polygon))
        }
        if profile == LocationProfile.civic,
            let address = element.first("civicAddress", namespace: LoSTNamespace.civic)
        {
            return .civic(CivicAddress(address))
        }
        return .other(profile: profile, element.children)
    }

    static func validation(_ element: XMLElement) -> LocationValidation {
        func names(_ list: String) -> [String] {
            (element.first(list, namespace: LoSTNamespace.lost)?.text.wordsOfXML ?? []).map { name in
                name.split(separator: ":").last.map(String.init) ?? name
            }
        }
        return LocationValidation(valid: names("valid"), invalid: names("invalid"), unchecked: names("unchecked"))
    }

    static func warnings(_ children: inout MessageChildren) throws(LoSTError) -> [LoSTWarnings] {
        var all: [LoSTWarnings] = []
        for element in children.takeAll("warnings") {
            let list = element.children.compactMap { child in
                LoSTWarning.Kind(rawValue: child.name.local).map { LoSTWarning($0, child.attribute("message") ?? "") }
            }
            all.append(LoSTWarnings(source: try element.serverName("source"), list))
        }
        return all
    }

    static func path(_ children: inout MessageChildren) throws(LoSTError) -> [ServerName] {
        let path = try children.path()
        guard !path.isEmpty else { throw LoSTError(.badRequest, "the answer has no path") }
        return path
    }

    static func services(_ children: inout MessageChildren) throws(LoSTError) -> [String] {
        guard let list = children.take("serviceList") else {
            throw LoSTError(.badRequest, "the answer has no serviceList")
        }
        return list.text.wordsOfXML
    }

    static func error(_ element: XMLElement) -> LoSTError? {
        guard element.name.namespace == LoSTNamespace.lost, let kind = LoSTError.Kind(rawValue: element.name.local)
        else {
            return nil
        }
        return LoSTError(
            kind,
            element.attribute("message") ?? "",
            unsupportedProfiles: element.attribute("unsupportedProfiles")?.wordsOfXML ?? []
        )
    }
}
