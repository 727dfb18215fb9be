import Testing

@testable import Mail

@Suite("Addresses for mail")
struct MailAddressTests {
    @Test(
        "plain addresses are taken",
        arguments: ["a@b.example", "first.last+tag@sub.example.org", "o'neil@example.ca", "1@x-y.example"]
    )
    func taken(_ text: String) throws {
        #expect(try MailAddress(text).description == text)
    }

    @Test(
        "what could end a line, name a second recipient or hide one is refused",
        arguments: [
            "", "a", "a@", "@b.example", "a@b", "a@@b.example", "a b@c.example", "a@b.example\r\nRCPT TO:<x@y.example>",
            "a\n@b.example", "<a@b.example>", "a@b.example,c@d.example", "\"a b\"@c.example", "a..b@c.example",
            ".a@c.example", "a.@c.example", "a@-b.example", "a@b..example", "a@[127.0.0.1]", "é@b.example",
            "a@b.example\0", String(repeating: "a", count: 65) + "@b.example",
        ]
    )
    func refused(_ text: String) {
        #expect(throws: MailAddress.Invalid.self) { try MailAddress(text) }
    }

    @Test("the host is lower case, what stands before it is left as typed")
    func cases() throws {
        #expect(try MailAddress("Ann@EXAMPLE.org").description == "Ann@example.org")
    }
}
