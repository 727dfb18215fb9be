import Open311
import Testing

@Suite("Forms")
struct FormBodyTests {
    private func fields(_ text: String) throws -> [FormField] { try FormBody.fields(of: text.utf8) }

    @Test(
        "A3, A5: a form is decoded as browsers and clients encode it",
        arguments: [
            ("a=b&c=d", ["a", "b", "c", "d"]),
            ("a=b+c%20d", ["a", "b c d"]),
            ("a=%2B", ["a", "+"]),
            ("attribute%5BS%5D=x", ["attribute[S]", "x"]),
            ("attribute[S][]=x", ["attribute[S][]", "x"]),
            ("a=1=2", ["a", "1=2"]),
            ("a", ["a", ""]),
            ("=x", ["", "x"]),
            ("&&a=b&", ["a", "b"]),
            ("a=%C3%A9%F0%9F%9A%A7", ["a", "é🚧"]),
            ("a=é", ["a", "é"]),
            ("a=100%", ["a", "100%"]),
            ("a=%zz%4", ["a", "%zz%4"]),
            ("a=%c3%a9", ["a", "é"]),
            ("", []),
        ]
    )
    func decoding(text: String, expected: [String]) throws {
        #expect(try fields(text).flatMap { [$0.name, $0.value] } == expected)
    }

    @Test("P6: CRLF and CR come in as LF", arguments: ["a%0D%0Ab", "a%0Db", "a%0Ab"])
    func lineEnds(text: String) throws {
        #expect(try fields("d=\(text)").first?.value == "a\nb")
        #expect(try fields("d=%0D%0D%0A%0D").first?.value == "\n\n\n")
    }

    @Test(
        "H11, H12: what is no text is a 400 naming the field",
        arguments: [
            ("d=%00", "d"), ("d=a%01b", "d"), ("d=%0B", "d"), ("d=%EF%BF%BE", "d"), ("d=%EF%BF%BF", "d"),
            ("d=%FF", "d"), ("d=%C3", "d"), ("d=%C0%80", "d"), ("d=%ED%A0%80", "d"), ("d=%F4%90%80%80", "d"),
            ("%00=x", nil), ("%FF=x", nil),
        ] as [(String, String?)]
    )
    func noText(text: String, field: String?) {
        let faults = #expect(throws: Open311Faults.self) { try fields("ok=1&" + text) }
        #expect(faults?.list.map(\.field) == [field])
        #expect(faults?.status == 400)
        if let field { #expect(faults?.list.first?.description.hasPrefix(field) == true) }
    }

    @Test("A4: several fields at fault give several entries")
    func severalFaults() {
        let faults = #expect(throws: Open311Faults.self) { try fields("a=%FF&b=1&c=%00") }
        #expect(faults?.list.map(\.field) == ["a", "c"])
    }

    @Test("H7: a form over 1 MiB, and one of too many fields, is a 413")
    func limits() {
        let large = #expect(throws: Open311Faults.self) {
            try FormBody.fields(of: Array(repeating: UInt8(ascii: "a"), count: (1 << 20) + 1))
        }
        #expect(large?.status == 413)
        let many = #expect(throws: Open311Faults.self) { try fields(String(repeating: "a=b&", count: 2001)) }
        #expect(many?.status == 413)
        #expect(throws: Never.self) { try fields(String(repeating: "a=b&", count: 2000)) }
        let long = #expect(throws: Open311Faults.self) { try fields(String(repeating: "n", count: 257) + "=b") }
        #expect(long?.status == 400)
    }

    @Test("what is encoded reads as itself")
    func roundTrip() throws {
        let fields = [
            FormField("attribute[S][]", "a&b=c+d%20 é🚧\n"), FormField("x", ""), FormField("y", "-._~*'()"),
        ]
        #expect(try FormBody.fields(of: FormBody.encoded(fields)) == fields)
    }

    @Test(
        "E12, H13: other body types are a 415, and so are other encodings",
        arguments: [
            ("application/x-www-form-urlencoded", nil),
            ("application/x-www-form-urlencoded; charset=UTF-8", nil),
            ("APPLICATION/X-WWW-FORM-URLENCODED;charset=\"utf-8\"", nil),
            (nil, nil),
            ("application/json", 415),
            ("text/xml; charset=utf-8", 415),
            ("text/plain", 415),
            ("application/x-www-form-urlencoded; charset=iso-8859-1", 415),
            ("multipart/form-data", 400),
            ("multipart/mixed; boundary=x", 415),
        ] as [(String?, Int?)]
    )
    func types(contentType: String?, status: Int?) {
        do throws(Open311Faults) {
            let body = try RequestBody(contentType: contentType, bytes: Array("a=b".utf8))
            #expect(status == nil)
            #expect(body.fields == [FormField("a", "b")])
        } catch {
            #expect(error.status == status)
        }
    }

    @Test("H7: multipart may have 20 MiB, everything else one")
    func bodyLimits() {
        #expect(RequestBody.limit(contentType: "multipart/form-data; boundary=x") == 20 << 20)
        #expect(RequestBody.limit(contentType: "application/x-www-form-urlencoded") == 1 << 20)
        #expect(RequestBody.limit(contentType: nil) == 1 << 20)
    }
}
