import Testing
import XML

@Suite("The reader")
struct XMLPullReaderTests {
    private func events(_ text: String) throws -> [XMLEvent] {
        var reader = try XMLPullReader(Array(text.utf8))
        var list: [XMLEvent] = []
        while let event = reader.next() { list.append(event) }
        return list
    }

    @Test("gives starts, texts and ends in the order of the document")
    func order() throws {
        let found = try events(
            "<?xml version=\"1.0\"?><a k='v'><b/>x<![CDATA[<y>]]>&amp;&#x41;<!-- no --><?no no?>z</a>"
        )
        #expect(
            found == [
                .start(XMLName("a"), [XMLAttribute(XMLName("k"), "v")]),
                .start(XMLName("b"), []),
                .end(XMLName("b")),
                .text("x<y>&Az"),
                .end(XMLName("a")),
            ]
        )
    }

    @Test("resolves prefixes, whatever they are")
    func namespaces() throws {
        let found = try events(#"<q:a xmlns:q="urn:one" xmlns="urn:two" q:k="1" j="2"><b/></q:a>"#)
        #expect(
            found.prefix(2) == [
                .start(
                    XMLName("a", namespace: "urn:one"),
                    [XMLAttribute(XMLName("k", namespace: "urn:one"), "1"), XMLAttribute(XMLName("j"), "2")]
                ),
                .start(XMLName("b", namespace: "urn:two"), []),
            ]
        )
    }

    @Test("skips an element with all that is in it")
    func skipping() throws {
        var reader = try XMLPullReader(Array("<a><b><b/>x</b><c/></a>".utf8))
        _ = reader.next()
        _ = reader.next()
        reader.skipElement()
        #expect(reader.peek() == .start(XMLName("c"), []))
    }

    static let samples: [(bytes: [UInt8], reason: String)] = [
        (Array("<a>é🚧</a>".utf8), "UTF-8 without a word"),
        ([0xEF, 0xBB, 0xBF] + Array("<a>é🚧</a>".utf8), "UTF-8 with a byte order mark"),
        ([0xFE, 0xFF] + utf16("<a>é🚧</a>", bigEndian: true), "UTF-16, big end first"),
        ([0xFF, 0xFE] + utf16("<a>é🚧</a>", bigEndian: false), "UTF-16, little end first"),
        ([0xFE, 0xFF] + utf16("<?xml version='1.0' encoding='UTF-16'?><a>é🚧</a>", bigEndian: true), "it says so"),
    ]

    @Test("reads UTF-8 and UTF-16", arguments: samples)
    func encodings(bytes: [UInt8], reason: String) throws {
        let element = try XMLElement(parsing: bytes)
        #expect(element.text == "é🚧", "\(reason)")
    }

    @Test(
        "refuses what is not well-formed",
        arguments: [
            ("", "nothing"),
            ("   ", "blanks"),
            ("hello", "text"),
            ("<a>", "no end"),
            ("<a></b>", "other end"),
            ("<a/><b/>", "two roots"),
            ("<a/>x", "text after the root"),
            ("<a k='1' k='2'/>", "an attribute twice"),
            ("<a>&nbsp;</a>", "an entity nobody declared"),
            ("<a>&#0;</a>", "a reference to a character XML has not"),
            ("<a>\u{1}</a>", "a character XML has not"),
            ("<p:a/>", "a prefix nobody declared"),
            ("<a b=c/>", "no quotes"),
            ("{\"a\": 1}", "JSON"),
        ]
    )
    func malformed(text: String, reason: String) {
        let fault = #expect(throws: XMLFault.self, "\(reason)") { try XMLPullReader(Array(text.utf8)) }
        guard case .malformed = fault else {
            Issue.record("\(reason): \(String(describing: fault))")
            return
        }
    }

    @Test("refuses bytes that are not UTF-8")
    func invalidUTF8() {
        #expect(throws: XMLFault.self) { try XMLPullReader(Array("<a>".utf8) + [0xC3, 0x28] + Array("</a>".utf8)) }
    }

    @Test(
        "refuses other encodings, which may hide a document type",
        arguments: ["UTF-7", "EBCDIC-CP-US", "UTF-32", "windows-1252", "GBK"]
    )
    func otherEncodings(name: String) {
        #expect(throws: XMLFault.self) {
            try XMLPullReader(Array("<?xml version=\"1.0\" encoding=\"\(name)\"?><a/>".utf8))
        }
    }

    @Test("names each limit it keeps")
    func limits() {
        let limits = XMLLimits(bytes: 200, depth: 3, elements: 5, attributesPerElement: 2)
        func fault(_ text: String) -> XMLFault? {
            #expect(throws: XMLFault.self) { try XMLPullReader(Array(text.utf8), limits: limits) }
        }
        #expect(fault("<a>" + String(repeating: "x", count: 200) + "</a>") == .tooLarge(limit: 200))
        #expect(fault("<a><a><a><a/></a></a></a>") == .tooDeep(limit: 3))
        #expect(fault("<a><a/><a/><a/><a/><a/></a>") == .tooManyElements(limit: 5))
        #expect(fault("<a b='1' c='1' d='1'/>") == .tooManyAttributes(limit: 2))
        #expect(fault("<a xmlns:b='u:b' xmlns:c='u:c' d='1'/>") == .tooManyAttributes(limit: 2))
        #expect(throws: Never.self) {
            try XMLPullReader(Array("<a b='1' c='1'><a><a/></a><a/><a/></a>".utf8), limits: limits)
        }
    }

    @Test("limits namespace declarations in scope, not those of siblings")
    func declarations() {
        let tag = "<a " + (0..<50).map { "xmlns:n\($0)='u:\($0)'" }.joined(separator: " ")
        let nested = Array((tag + ">" + tag + ">" + tag + "/></a></a>").utf8)
        let fault = #expect(throws: XMLFault.self) { try XMLPullReader(nested) }
        #expect(fault == .tooManyAttributes(limit: 128))
        let siblings = "<b>" + String(repeating: tag + "/>", count: 10) + "</b>"
        #expect(throws: Never.self) { try XMLPullReader(Array(siblings.utf8)) }
    }

    @Test("says line and reason in words for the sender")
    func words() {
        let fault = #expect(throws: XMLFault.self) { try XMLPullReader(Array("<a>\n<b>\n</a>".utf8)) }
        #expect(fault?.description.contains("line 3") == true)
        #expect(fault?.description.contains("mismatch") == true)
    }
}

/// UTF-16 code units of a text as bytes.
func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
        let high = UInt8(unit >> 8)
        let low = UInt8(unit & 0xFF)
        return bigEndian ? [high, low] : [low, high]
    }
}
