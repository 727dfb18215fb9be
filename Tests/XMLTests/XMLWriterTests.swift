import Testing
import XML

@Suite("The writer")
struct XMLWriterTests {
    @Test("writes declaration, namespaces, attributes and empty elements")
    func document() throws {
        var writer = XMLWriter()
        writer.declaration()
        writer.start("mapping")
        writer.namespace("urn:ietf:params:xml:ns:lost1")
        writer.namespace("http://www.opengis.net/gml", prefix: "gml")
        try writer.attribute("xml:lang", "en")
        try writer.element("gml:pos", "44.2 -79")
        writer.element("uri", nil)
        writer.end()
        #expect(
            String(decoding: writer.takeBytes(), as: UTF8.self)
                == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<mapping xmlns=\"urn:ietf:params:xml:ns:lost1\""
                + " xmlns:gml=\"http://www.opengis.net/gml\" xml:lang=\"en\"><gml:pos>44.2 -79</gml:pos><uri></uri></mapping>"
        )
    }

    @Test(
        "P7: gives back exactly what went in",
        arguments: [
            "<b>&amp;</b>", "&#38;", "&#38;#38;&", "]]>", "a\r\nb\rc\nd\te", "  blanks  ",
            "é 🚧 \u{FEFF} \u{FFFD} \u{7F} \u{85}", "\"'",
            "\u{10FFFF}", "",
        ]
    )
    func roundTrip(text: String) throws {
        var writer = XMLWriter()
        writer.declaration()
        writer.start("a")
        try writer.attribute("b", text)
        try writer.text(text)
        writer.end()
        let element = try XMLElement(parsing: writer.takeBytes())
        #expect(Array(element.text.unicodeScalars) == Array(text.unicodeScalars))
        #expect(element.attribute("b").map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }

    @Test(
        "H11: refuses the characters XML 1.0 cannot carry",
        arguments: [0x00, 0x01, 0x08, 0x0B, 0x0C, 0x0E, 0x1F, 0xFFFE, 0xFFFF]
    )
    func illegal(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        let text = "a" + String(scalar) + "b"
        let fault = #expect(throws: XMLWriteFault.self) { try XMLText(text) }
        #expect(fault == .illegalCharacter(scalar))
        #expect(XMLText(replacingIllegal: text).string == "a\u{FFFD}b")
        var writer = XMLWriter()
        #expect(throws: XMLWriteFault.self) { try writer.element("a", text) }
        #expect(writer.bytes.isEmpty)
    }

    @Test(
        "takes the neighbours of the characters it refuses",
        arguments: [0x09, 0x0A, 0x0D, 0x20, 0x7F, 0xFFFD, 0xE000, 0x10000]
    )
    func legal(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        #expect(throws: Never.self) { try XMLText(String(scalar)) }
    }

    @Test(
        "knows a name of an element from what is none",
        arguments: [
            ("a", true), ("gml:pos", true), ("_x-1.y", true), ("", false), ("1a", false), ("a b", false), ("a:", false),
            (":a", false), ("a:b:c", false), ("a:1", false), ("é", false), ("a>", false), ("-a", false),
        ]
    )
    func names(name: String, isName: Bool) {
        #expect(XMLWriter.isName(name) == isName)
    }

    @Test("lets its bytes be taken in pieces")
    func pieces() throws {
        var writer = XMLWriter()
        writer.start("a")
        var bytes = writer.takeBytes()
        #expect(writer.bytes.isEmpty)
        try writer.element("b", "x")
        bytes += writer.takeBytes()
        writer.end()
        bytes += writer.takeBytes()
        #expect(String(decoding: bytes, as: UTF8.self) == "<a><b>x</b></a>")
    }
}
