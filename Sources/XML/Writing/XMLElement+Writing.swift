extension XMLElement {
    /// The document of which this is the root, in UTF-8.
    ///
    /// - Parameters:
    ///   - prefixes: Prefixes by namespace, declared on the root where the document uses them; elements of any other namespace
    ///     declare theirs as the default one where it begins.
    ///   - declared: Prefixes to declare in any case, because text names them (a list of `prefix:name`).
    /// - Throws: ``XMLWriteFault`` when a text or a name cannot be carried.
    public func document(
        prefixes: [String: String] = [:],
        declaring declared: Set<String> = []
    ) throws(XMLWriteFault) -> [UInt8] {
        var used = declared
        collectNamespaces(into: &used)
        var writer = XMLWriter()
        writer.declaration()
        try write(into: &writer, prefixes: prefixes.filter { used.contains($0.key) }, inherited: nil, isRoot: true)
        return writer.takeBytes()
    }

    private func collectNamespaces(into used: inout Set<String>) {
        if let namespace = name.namespace { used.insert(namespace) }
        for attribute in attributes {
            if let namespace = attribute.name.namespace { used.insert(namespace) }
        }
        for child in children { child.collectNamespaces(into: &used) }
    }

    private func write(
        into writer: inout XMLWriter,
        prefixes: [String: String],
        inherited: String?,
        isRoot: Bool
    ) throws(XMLWriteFault) {
        let prefix = name.namespace.flatMap { prefixes[$0] }
        var inScope = inherited
        try writer.startChecked(prefix.map { "\($0):\(name.local)" } ?? name.local)
        if prefix == nil, name.namespace != inherited {
            writer.namespace(name.namespace ?? "")
            inScope = name.namespace
        }
        if isRoot {
            for (namespace, prefix) in prefixes.sorted(by: { $0.value < $1.value }) {
                writer.namespace(namespace, prefix: prefix)
            }
        }
        try write(attributes, into: &writer, prefixes: prefixes)
        for node in nodes {
            switch node {
            case .text(let text): try writer.text(text)
            case .element(let child):
                try child.write(into: &writer, prefixes: prefixes, inherited: inScope, isRoot: false)
            }
        }
        writer.end()
    }

    private func write(
        _ attributes: [XMLAttribute],
        into writer: inout XMLWriter,
        prefixes: [String: String]
    ) throws(XMLWriteFault) {
        var made = 0
        for attribute in attributes {
            switch attribute.name.namespace {
            case nil: try writer.attributeChecked(attribute.name.local, attribute.value)
            case XMLName.xmlNamespace?: try writer.attributeChecked("xml:\(attribute.name.local)", attribute.value)
            case let namespace?:
                var prefix = prefixes[namespace]
                if prefix == nil {
                    made += 1
                    prefix = "a\(made)"
                    writer.namespace(namespace, prefix: prefix)
                }
                try writer.attributeChecked("\(prefix ?? ""):\(attribute.name.local)", attribute.value)
            }
        }
    }
}

extension XMLName {
    /// The namespace of `xml:lang`, which needs no declaration.
    public static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"
}

extension XMLWriter {
    /// A start tag whose name somebody else chose.
    fileprivate mutating func startChecked(_ name: String) throws(XMLWriteFault) {
        guard Self.isName(name) else { throw .illegalName(name) }
        start(name)
    }

    /// An attribute whose name somebody else chose.
    fileprivate mutating func attributeChecked(_ name: String, _ value: String) throws(XMLWriteFault) {
        guard Self.isName(name) else { throw .illegalName(name) }
        try attribute(name, value)
    }
}
