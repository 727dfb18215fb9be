public import Domain
public import XML

extension LoSTRequest {
    /// Reads a request from the bytes of a message, UTF-8 or UTF-16 (H3).
    ///
    /// - Throws: ``LoSTError`` `badRequest` when it is no request: not XML, a DTD, another namespace, an unknown root, a part missing,
    ///   an attribute that cannot be (E10). Locations are looked at when they are used.
    public init(parsing bytes: some Collection<UInt8>) throws(LoSTError) {
        let root: XMLElement
        do throws(XMLFault) {
            root = try XMLElement(parsing: bytes, limits: XMLLimits(bytes: LoSTMessage.largest))
        } catch {
            throw LoSTError(.badRequest, error.description)
        }
        try self.init(root)
    }

    /// Reads a request from its element.
    public init(_ root: XMLElement) throws(LoSTError) {
        guard root.name.namespace == LoSTNamespace.lost else {
            throw LoSTError(.badRequest, "the root element is not in the namespace \(LoSTNamespace.lost)")
        }
        var children = MessageChildren(root)
        switch root.name.local {
        case "findService":
            let locations = try children.locations()
            let service = try children.service()
            let path = try children.path()
            self = .findService(
                FindService(
                    locations: locations,
                    service: service,
                    recursive: try root.flag("recursive"),
                    boundary: try root.boundaryForm(),
                    validatesLocation: try root.flag("validateLocation"),
                    path: path,
                    extensions: try children.extensions()
                )
            )
        case "listServices":
            let service = try children.service()
            let path = try children.path()
            _ = try children.extensions()
            self = .listServices(ListServices(service: service, path: path))
        case "listServicesByLocation":
            let locations = try children.locations()
            let service = try children.service()
            let path = try children.path()
            self = .listServicesByLocation(
                ListServicesByLocation(
                    locations: locations,
                    service: service,
                    recursive: try root.flag("recursive"),
                    path: path,
                    extensions: try children.extensions()
                )
            )
        case "getServiceBoundary":
            _ = try children.extensions()
            guard let key = root.attribute("key") else {
                throw LoSTError(.badRequest, "getServiceBoundary has no key")
            }
            self = .getServiceBoundary(GetServiceBoundary(key: key.withoutOuterBlanks))
        default:
            throw LoSTError(.badRequest, "\(root.name.local.prefix(60)) is no request of LoST")
        }
    }
}

/// Children of a message in the order the grammar fixes: what is ours in its place, what is not ours anywhere, ignored (F17).
struct MessageChildren {
    private let message: String
    private var ours: [XMLElement]
    private let foreign: [XMLElement]

    init(_ element: XMLElement) {
        message = element.name.local
        let children = element.children
        ours = children.filter { $0.name.namespace == LoSTNamespace.lost }
        foreign = children.filter { $0.name.namespace != LoSTNamespace.lost }
    }

    /// Takes the next child when it has a name.
    mutating func take(_ name: String) -> XMLElement? {
        guard ours.first?.name.local == name else { return nil }
        return ours.removeFirst()
    }

    /// Takes every next child that has a name.
    mutating func takeAll(_ name: String) -> [XMLElement] {
        var taken: [XMLElement] = []
        while let next = take(name) { taken.append(next) }
        return taken
    }

    /// At least one location, each with an id of its own.
    mutating func locations() throws(LoSTError) -> [RequestLocation] {
        let elements = takeAll("location")
        guard !elements.isEmpty else { throw LoSTError(.badRequest, "\(message) begins with a location") }
        var locations: [RequestLocation] = []
        for element in elements {
            guard let id = element.attribute("id")?.withoutOuterBlanks, !id.isEmpty else {
                throw LoSTError(.badRequest, "a location has no id")
            }
            guard !locations.contains(where: { $0.id == id }) else {
                throw LoSTError(.badRequest, "two locations have the id \(id.prefix(60))")
            }
            let profile = element.attribute("profile")?.withoutOuterBlanks
            if let profile, !isNameToken(profile) {
                throw LoSTError(.badRequest, "the profile \"\(profile.prefix(60))\" is no name")
            }
            locations.append(
                RequestLocation(
                    id: id,
                    profile: profile,
                    elements: element.children.filter { $0.name.namespace != LoSTNamespace.lost }
                )
            )
        }
        return locations
    }

    /// The service; nil when it is left out.
    mutating func service() throws(LoSTError) -> String? {
        guard let element = take("service") else { return nil }
        let urn = element.text.withoutOuterBlanks
        guard !urn.isEmpty else { throw LoSTError(.badRequest, "service is empty") }
        guard urn.utf8.count <= 1000, urn.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw LoSTError(.badRequest, "service is no URN")
        }
        return urn
    }

    /// The servers a message came through.
    mutating func path() throws(LoSTError) -> [ServerName] {
        guard let element = take("path") else { return [] }
        let vias = element.all("via", namespace: LoSTNamespace.lost)
        guard !vias.isEmpty else { throw LoSTError(.badRequest, "path has no via") }
        var path: [ServerName] = []
        for via in vias { path.append(try via.serverName("source")) }
        return path
    }

    /// What is left: extensions of other namespaces.
    ///
    /// - Throws: when a child of ours stands where none may.
    mutating func extensions() throws(LoSTError) -> [XMLElement] {
        if let odd = ours.first {
            throw LoSTError(
                .badRequest,
                "\(odd.name.local.prefix(60)) is not expected here; \(message) has location, service, path, in this order"
            )
        }
        return foreign
    }

    private func isNameToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || "-._:".unicodeScalars.contains(scalar)
            }
    }
}

extension XMLElement {
    /// A boolean of XML Schema: `true false 1 0` (F7); false when absent.
    fileprivate func flag(_ name: String) throws(LoSTError) -> Bool {
        switch attribute(name)?.withoutOuterBlanks {
        case nil, "false", "0": return false
        case "true", "1": return true
        case let other?:
            throw LoSTError(.badRequest, "\(name) is \"\(other.prefix(20))\"; must be true, false, 1 or 0")
        }
    }

    fileprivate func boundaryForm() throws(LoSTError) -> FindService.BoundaryForm {
        guard let text = attribute("serviceBoundary")?.withoutOuterBlanks else { return .reference }
        guard let form = FindService.BoundaryForm(rawValue: text) else {
            throw LoSTError(.badRequest, "serviceBoundary is \"\(text.prefix(20))\"; must be value or reference")
        }
        return form
    }

    /// A server's name in an attribute that must be there.
    func serverName(_ attribute: String) throws(LoSTError) -> ServerName {
        let text = self.attribute(attribute)?.withoutOuterBlanks ?? ""
        guard let name = ServerName(rawValue: text) else {
            throw LoSTError(
                .badRequest,
                "\(attribute) of \(name.local) is \"\(text.prefix(60))\"; must be \(ServerName.form.english)"
            )
        }
        return name
    }
}
