public import XML

/// A civic address: elements of RFC 5139 with their text, in the order sent.
public struct CivicAddress: Sendable, Hashable {
    /// One element.
    public struct Element: Sendable, Hashable {
        /// Name: `country`, `A3`, `RD`.
        public let name: String
        /// Text without outer blanks.
        public let value: String

        /// An element.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Names that RFC 5139 has; all others are ignored.
    public static let names: [String] = [
        "country", "A1", "A2", "A3", "A4", "A5", "A6", "PRM", "PRD", "RD", "STS", "POD", "POM", "RDSEC", "RDBR",
        "RDSUBBR", "HNO", "HNS", "LMK", "LOC", "FLR", "NAM", "PC", "BLD", "UNIT", "ROOM", "SEAT", "PLC", "PCN",
        "POBOX", "ADDCODE",
    ]

    /// The elements; each name at most once.
    public let elements: [Element]

    /// An address; unknown, empty and repeated elements are left out.
    public init(_ elements: [Element]) {
        var seen: Set<String> = []
        self.elements = elements.filter { element in
            Self.known.contains(element.name) && !element.value.isEmpty && seen.insert(element.name).inserted
        }
    }

    private static let known = Set(names)

    /// Text of an element; nil when it was not sent.
    public subscript(_ name: String) -> String? {
        elements.first { $0.name == name }?.value
    }

    /// The street's name: `RD`, or `A6` as older clients and the samples of RFC 5222 have it.
    public var street: String? { self["RD"] ?? self["A6"] }

    /// Reads a `civicAddress`; extensions and unknown names are ignored (C5).
    init(_ element: XMLElement) {
        self.init(
            element.children.filter { $0.name.namespace == LoSTNamespace.civic }.map { child in
                Element(child.name.local, child.text.withoutOuterBlanks)
            }
        )
    }

    /// The address as an element.
    var element: XMLElement {
        XMLElement(
            XMLName("civicAddress", namespace: LoSTNamespace.civic),
            nodes: elements.map { element in
                .element(
                    XMLElement(
                        XMLName(element.name, namespace: LoSTNamespace.civic),
                        nodes: [.text(element.value)]
                    )
                )
            }
        )
    }
}

extension String {
    /// Without blanks, tabs and line ends at both ends, as XML counts blanks.
    var withoutOuterBlanks: String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.isBlankOfXML }),
            let last = scalars.lastIndex(where: { !$0.isBlankOfXML })
        else { return "" }
        return String(scalars[first...last])
    }

    /// Parts between blanks.
    var wordsOfXML: [String] { unicodeScalars.split(whereSeparator: \.isBlankOfXML).map { String($0) } }
}

extension Unicode.Scalar {
    /// Blank, tab, line feed or carriage return.
    fileprivate var isBlankOfXML: Bool { self == " " || self == "\t" || self == "\n" || self == "\r" }
}
