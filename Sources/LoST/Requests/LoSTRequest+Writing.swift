public import Domain
public import XML

extension LoSTRequest {
    /// The message in UTF-8, to be posted with the type ``LoSTMessage/mediaType``.
    ///
    /// - Throws: ``XMLWriteFault`` when an extension handed on has a name that is not written here.
    public func bytes() throws(XMLWriteFault) -> [UInt8] {
        try element.document(prefixes: LoSTNamespace.prefixes)
    }

    /// The request as it is asked of another server: with one more step in its path.
    public func forwarded(by server: ServerName) -> LoSTRequest {
        switch self {
        case .findService(var request):
            request.path.append(server)
            return .findService(request)
        case .listServices(var request):
            request.path.append(server)
            return .listServices(request)
        case .listServicesByLocation(var request):
            request.path.append(server)
            return .listServicesByLocation(request)
        case .getServiceBoundary: return self
        }
    }

    /// The message as an element.
    public var element: XMLElement {
        switch self {
        case .findService(let request):
            MessageParts.message(
                "findService",
                [
                    ("recursive", request.recursive ? "true" : nil),
                    ("serviceBoundary", request.boundary == .value ? "value" : nil),
                    ("validateLocation", request.validatesLocation ? "true" : nil),
                ],
                request.locations.map(MessageParts.location) + MessageParts.service(request.service)
                    + MessageParts.path(request.path) + request.extensions
            )
        case .listServices(let request):
            MessageParts.message(
                "listServices",
                [],
                MessageParts.service(request.service) + MessageParts.path(request.path)
            )
        case .listServicesByLocation(let request):
            MessageParts.message(
                "listServicesByLocation",
                // Written either way, because grammar and text of the RFC differ about its default (B11).
                [("recursive", request.recursive ? "true" : "false")],
                request.locations.map(MessageParts.location) + MessageParts.service(request.service)
                    + MessageParts.path(request.path) + request.extensions
            )
        case .getServiceBoundary(let request):
            MessageParts.message("getServiceBoundary", [("key", request.key)], [])
        }
    }
}

/// Elements of the protocol's own namespace, as both requests and answers have them.
enum MessageParts {
    static func message(
        _ name: String,
        _ attributes: [(String, String?)],
        _ children: [XMLElement],
        text: String? = nil
    ) -> XMLElement {
        XMLElement(
            XMLName(name, namespace: LoSTNamespace.lost),
            attributes: attributes.compactMap { name, value in
                value.map { value in
                    name == "xml:lang"
                        ? XMLAttribute(XMLName("lang", namespace: XMLName.xmlNamespace), value)
                        : XMLAttribute(XMLName(name), value)
                }
            },
            nodes: (text.map { [.text($0)] } ?? []) + children.map { .element($0) }
        )
    }

    static func location(_ location: RequestLocation) -> XMLElement {
        message("location", [("id", location.id), ("profile", location.profile)], location.elements)
    }

    static func service(_ urn: String?) -> [XMLElement] {
        urn.map { [message("service", [], [], text: $0)] } ?? []
    }

    /// The path; left out when nothing was gone through.
    static func path(_ path: [ServerName]) -> [XMLElement] {
        guard !path.isEmpty else { return [] }
        return [message("path", [], path.map { message("via", [("source", $0.rawValue)], []) })]
    }
}
