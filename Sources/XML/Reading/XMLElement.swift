/// One element with all that is inside it: the small tree for messages that are easier asked than followed.
///
/// Namespaces are compared only when a caller names one; Open311 has none, LoST clients choose any prefix.
public struct XMLElement: Sendable, Hashable {
    /// What an element holds, in its order.
    public indirect enum Node: Sendable, Hashable {
        /// A child element.
        case element(XMLElement)
        /// A run of text.
        case text(String)
    }

    /// Name with namespace.
    public let name: XMLName

    /// Attributes in the order sent.
    public let attributes: [XMLAttribute]

    /// Children and text, in their order.
    public let nodes: [Node]

    /// An element made here.
    public init(_ name: XMLName, attributes: [XMLAttribute] = [], nodes: [Node] = []) {
        self.name = name
        self.attributes = attributes
        self.nodes = nodes
    }

    /// The root element of a document.
    ///
    /// - Throws: ``XMLFault`` when the document is not well-formed or breaks a limit.
    public init(parsing bytes: some Collection<UInt8>, limits: XMLLimits = XMLLimits()) throws(XMLFault) {
        var reader = try XMLPullReader(bytes, limits: limits)
        while let event = reader.next() {
            if case .start(let name, let attributes) = event {
                self = Self.read(name, attributes, from: &reader)
                return
            }
        }
        throw .malformed(code: 4, line: 1, message: "the document has no element")
    }

    /// Reads the element whose start tag was just taken from a reader; its depth is bounded by the reader's limits.
    public static func read(
        _ name: XMLName,
        _ attributes: [XMLAttribute],
        from reader: inout XMLPullReader
    ) -> XMLElement {
        var nodes: [Node] = []
        reading: while let event = reader.next() {
            switch event {
            case .start(let child, let list): nodes.append(.element(read(child, list, from: &reader)))
            case .text(let text): nodes.append(.text(text))
            case .end: break reading
            }
        }
        return XMLElement(name, attributes: attributes, nodes: nodes)
    }

    /// Child elements, in their order.
    public var children: [XMLElement] {
        nodes.compactMap { node in
            if case .element(let child) = node { child } else { nil }
        }
    }

    /// Text directly inside this element, its pieces joined, blanks kept.
    public var text: String {
        nodes.reduce(into: "") { joined, node in
            if case .text(let piece) = node { joined += piece }
        }
    }

    /// First child of that local name, in that namespace when one is given.
    public func first(_ local: String, namespace: String? = nil) -> XMLElement? {
        children.first { $0.matches(local, namespace) }
    }

    /// Every child of that local name, in that namespace when one is given.
    public func all(_ local: String, namespace: String? = nil) -> [XMLElement] {
        children.filter { $0.matches(local, namespace) }
    }

    /// Value of an attribute; without a namespace, one that stands in none.
    public func attribute(_ local: String, namespace: String? = nil) -> String? {
        attributes.first { $0.name == XMLName(local, namespace: namespace) }?.value
    }

    private func matches(_ local: String, _ namespace: String?) -> Bool {
        name.local == local && (namespace == nil || name.namespace == namespace)
    }
}
