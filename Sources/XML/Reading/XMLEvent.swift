/// Name of an element or attribute: local part and the namespace it stands in.
///
/// Prefixes are the sender's own business and are not kept.
public struct XMLName: Sendable, Hashable {
    /// Namespace URI; nil when the name is in none.
    public let namespace: String?

    /// Name without prefix.
    public let local: String

    /// A name in a namespace, or in none.
    public init(_ local: String, namespace: String? = nil) {
        self.local = local
        self.namespace = namespace
    }
}

/// One attribute of a start tag; namespace declarations are not among them.
public struct XMLAttribute: Sendable, Hashable {
    /// Name; an attribute without prefix is in no namespace (Namespaces in XML 1.0, section 6.2).
    public let name: XMLName

    /// Value with its character references resolved.
    public let value: String

    /// An attribute with a value.
    public init(_ name: XMLName, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What a reader meets next in a document.
public enum XMLEvent: Sendable, Hashable {
    /// A start tag; an empty element gives a start and an end.
    case start(XMLName, [XMLAttribute])

    /// A run of text, character data sections included; never empty, never followed by another.
    case text(String)

    /// An end tag.
    case end(XMLName)
}
