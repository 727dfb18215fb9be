import Testing
import Transports

@Suite("Where the hub may send to")
struct AddressPolicyTests {
    private let policy = AddressPolicy()

    @Test(
        "is refused from the URL alone when it cannot be right",
        arguments: [
            // url, refusal
            ("https://127.1/", AddressPolicy.Refusal.invalid(.oddNumber)),
            ("https://0x7f000001/", .invalid(.oddNumber)),
            ("https://0x7f.1/", .invalid(.oddNumber)),
            ("https://2130706433/", .invalid(.oddNumber)),
            ("https://0177.0.0.1/", .invalid(.oddNumber)),
            ("https://127.0.0.01/", .invalid(.oddNumber)),
            ("https://127.0.0.1.5/", .invalid(.oddNumber)),
            ("https://1.2.3.256/", .invalid(.oddNumber)),
            ("https://127.0.0.1/", .inside(.loopback)),
            ("https://127.255.255.254/", .inside(.loopback)),
            ("https://0.0.0.0/", .inside(.unspecified)),
            ("https://10.1.2.3/", .inside(.privateUse)),
            ("https://172.31.255.255/", .inside(.privateUse)),
            ("https://192.168.1.1/", .inside(.privateUse)),
            ("https://169.254.169.254/latest/meta-data/", .inside(.linkLocal)),
            ("https://100.64.0.1/", .inside(.carrierShared)),
            ("https://224.0.0.1/", .inside(.multicast)),
            ("https://255.255.255.255/", .inside(.reserved)),
            ("https://[::1]/", .inside(.loopback)),
            ("https://[::]/", .inside(.unspecified)),
            ("https://[::ffff:127.0.0.1]/", .inside(.embedded)),
            ("https://[::ffff:7f00:1]/", .inside(.embedded)),
            ("https://[::ffff:8.8.8.8]/", .inside(.embedded)),
            ("https://[::127.0.0.1]/", .inside(.embedded)),
            ("https://[64:ff9b::a9fe:a9fe]/", .inside(.embedded)),
            ("https://[2002:7f00:1::]/", .inside(.embedded)),
            ("https://[fe80::1]/", .inside(.linkLocal)),
            ("https://[fd00:ec2::254]/", .inside(.privateUse)),
            ("https://[ff02::1]/", .inside(.multicast)),
            ("https://[2001:db8::1]/", .inside(.reserved)),
            ("https://[fe80::1%25eth0]/", .invalid(.host)),
            ("https://user@open311.example/", .invalid(.userInformation)),
            ("https://open311.example@127.0.0.1/", .invalid(.userInformation)),
            ("https://user:word@open311.example/", .invalid(.userInformation)),
            ("https://open311.example:22/", .port(22)),
            ("https://open311.example:5432/", .port(5432)),
            ("https://open311.example:0/", .invalid(.port)),
            ("https://open311.example:65536/", .invalid(.port)),
            ("https://open311.example:443x/", .invalid(.port)),
            ("https://open311.example:/", .invalid(.port)),
            ("http://open311.example/", .notEncrypted),
            ("file:///etc/passwd", .invalid(.scheme)),
            ("gopher://open311.example/", .invalid(.scheme)),
            ("ftp://open311.example/", .invalid(.scheme)),
            ("open311.example", .invalid(.scheme)),
            ("//open311.example/", .invalid(.scheme)),
            ("", .invalid(.scheme)),
            ("https://", .invalid(.host)),
            ("https:///etc/passwd", .invalid(.host)),
            ("https://open311..example/", .invalid(.host)),
            ("https://open311.example./", .invalid(.host)),
            ("https://-a.example/", .invalid(.host)),
            ("https://open311.example\\@127.0.0.1/", .invalid(.characters)),
            ("https://open311.example/ a", .invalid(.characters)),
            ("https://open311.example/\r\nHost: inside", .invalid(.characters)),
            ("https://exämple.ca/", .invalid(.characters)),
            ("https://①②⑦.0.0.1/", .invalid(.characters)),
            ("https://open311.example/#part", .invalid(.fragment)),
            ("https://127.0.0.1#@open311.example/", .invalid(.fragment)),
            ("https://%31%32%37.0.0.1/", .invalid(.host)),
        ]
    )
    func refused(url: String, refusal: AddressPolicy.Refusal) {
        #expect(throws: refusal) { try policy.check(url) }
    }

    @Test(
        "is allowed on the public internet, by https to port 443",
        arguments: [
            ("https://open311.example/v2/", "https://open311.example/v2/"),
            ("HTTPS://Open311.Example:443", "https://open311.example/"),
            ("https://8.8.8.8/", "https://8.8.8.8/"),
            ("https://[2606:4700:4700::1111]/a?b=c%20d", "https://[2606:4700:4700:0:0:0:0:1111]/a?b=c%20d"),
            ("https://xn--exmple-cua.ca/", "https://xn--exmple-cua.ca/"),
            ("https://1password.example/", "https://1password.example/"),
        ]
    )
    func allowed(url: String, taken: String) throws {
        #expect(try policy.check(url).description == taken)
    }

    @Test("every address a name stands for must be allowed, one bad one is enough")
    func everyAddress() throws {
        let address = try policy.check("https://open311.example/")
        let good = try #require(IPAddress("93.184.216.34"))
        let bad = try #require(IPAddress("10.0.0.7"))
        #expect(throws: Never.self) { try policy.check(address, resolvedTo: [good]) }
        #expect(throws: AddressPolicy.Refusal.inside(.privateUse)) {
            try policy.check(address, resolvedTo: [good, bad])
        }
        #expect(throws: AddressPolicy.Refusal.noAddress) { try policy.check(address, resolvedTo: []) }
        let own = AddressPolicy(ownAddresses: [good])
        #expect(throws: AddressPolicy.Refusal.ourselves) { try own.check(address, resolvedTo: [good]) }
    }

    @Test("a host inside is allowed when the operator named it, with its port, and no other")
    func named() throws {
        let named = try #require(AddressPolicy.InternalHost("works.brindle-bay.internal:8443"))
        let policy = AddressPolicy(internalHosts: [named, AddressPolicy.InternalHost(host: "10.0.0.7", port: 80)])
        let address = try policy.check("http://WORKS.brindle-bay.internal:8443/open311/")
        let inside = try #require(IPAddress("10.0.0.8"))
        #expect(throws: Never.self) { try policy.check(address, resolvedTo: [inside]) }
        #expect(throws: Never.self) { try policy.check("http://10.0.0.7/") }
        #expect(throws: AddressPolicy.Refusal.notEncrypted) { try policy.check("http://10.0.0.7:8080/") }
        #expect(throws: AddressPolicy.Refusal.inside(.privateUse)) { try policy.check("https://10.0.0.7/") }
        #expect(throws: AddressPolicy.Refusal.port(8443)) {
            try policy.check("https://other.brindle-bay.internal:8443/")
        }
        #expect(AddressPolicy.InternalHost("works.internal/path") == nil)
        #expect(AddressPolicy.InternalHost("user@works.internal") == nil)
    }

    @Test("pictures may be fetched without TLS, but from nowhere inside")
    func pictures() throws {
        let policy = AddressPolicy(allowsPlainHTTP: true)
        #expect(try policy.check("http://pictures.example/a.jpg").port == 80)
        #expect(throws: AddressPolicy.Refusal.inside(.linkLocal)) { try policy.check("http://169.254.169.254/") }
        #expect(throws: AddressPolicy.Refusal.port(8080)) { try policy.check("http://pictures.example:8080/") }
    }

    @Test("this machine's own addresses are known, the loopback among them")
    func own() {
        #expect(IPAddress.ofThisMachine().contains(.version4(0x7F00_0001)))
    }

    @Test(
        "an address is read in its usual spelling only",
        arguments: [
            ("1.2.3.4", true), ("::", true), ("1::", true), ("1:2:3:4:5:6:7:8", true), ("::ffff:1.2.3.4", true),
            ("1:2:3:4:5:6:1.2.3.4", true), ("1.2.3", false), ("1.2.3.4.", false), ("1:2:3:4:5:6:7", false),
            ("1::2::3", false), (":::", false), ("1:2:3:4:5:6:7:8:9", false), ("12345::", false), ("1.2.3.4::", false),
            ("::1.2.3", false), ("", false), ("1:2:3:4:5:6:7::", true), ("1:2:3:4:5:6:7:8::", false), ("::g", false),
            ("+1.2.3.4", false), ("::+1", false),
        ]
    )
    func spelling(text: String, isAddress: Bool) {
        #expect((IPAddress(text) != nil) == isAddress)
    }

    @Test("a resource below an address keeps host and port")
    func appending() throws {
        let root = try OutboundAddress("https://open311.example/v2")
        #expect(root.appending("requests.xml").description == "https://open311.example/v2/requests.xml")
        #expect(
            root.appending("tokens/%2E%2E.xml", query: "a=b").description
                == "https://open311.example/v2/tokens/%2E%2E.xml?a=b"
        )
    }
}
