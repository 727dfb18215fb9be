import Domain
import Testing

@testable import Tenancy

@Suite("forwarding.yml")
struct ForwardingReaderTests {
    private func faults(_ keys: String) throws -> [String] {
        var region = SmallRegion()
        region.files["oakton/forwarding.yml"] = "targets:\n  - code: works\n    kind: open311\n" + keys
        return try region.faults().map { $0.replacing("oakton/forwarding.yml", with: "f") }
    }

    @Test("takes a target as it is written")
    func good() throws {
        var region = SmallRegion()
        region.files["oakton/forwarding.yml"] = """
            targets:
              - code: works-system
                kind: open311
                endpoint: https://work.oakton.example/open311/v2
                jurisdiction_id: oakton.example
                api_key_variable: HUB_KEY_WORKS
                format: json
                departments: [works]
                service_codes: { RD-SIGN: "0042" }
                poll_minutes: 5
                receives_staff_only: true

            """
        let folder = try region.load()
        #expect(folder.faults == [])
        let target = try #require(folder.configurations.last?.forwarding.first)
        #expect(target.endpoint == "https://work.oakton.example/open311/v2/")
        #expect(target.serviceCodes == [ServiceCode(trusted: "RD-SIGN"): "0042"])
        #expect(target.format == .json && target.pollMinutes == 5 && target.isEnabled && target.receivesStaffOnly)
        #expect(target.takes(ServiceCode(trusted: "RD-SIGN"), department: "works"))
        #expect(!target.takes(ServiceCode(trusted: "RD-SIGN"), department: "clerk"))
    }

    @Test(
        "refuses endpoints nobody should send people's data to",
        arguments: [
            ("http://work.oakton.example/", "is not https; people's data goes there"),
            ("https://127.0.0.1/", "is a private or literal address"),
            ("https://127.1/", "is a private or literal address"),
            ("https://0x7f000001/", "is a private or literal address"),
            ("https://2130706433/", "is a private or literal address"),
            ("https://[::1]/", "is a private or literal address"),
            ("https://localhost/", "is a private or literal address"),
            ("https://db.internal/", "is a private or literal address"),
            ("https://203.0.113.9/", "is a private or literal address"),
            ("https://user:pw@work.oakton.example/", "an endpoint carries no user or password"),
            ("https://work.oakton.example/?key=1", "has a query or fragment"),
            ("file:///etc/passwd", "is no web address"),
            ("gopher://work.oakton.example/", "is no web address"),
        ]
    )
    func endpoints(endpoint: String, fault: String) throws {
        let found = try faults("    endpoint: \"\(endpoint)\"\n")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("f:4:15: ") == true)
        #expect(found.first?.contains(fault) == true)
    }

    @Test("a system in the tenant's own network is taken when the file says so")
    func ownNetwork() throws {
        #expect(try faults("    endpoint: http://10.0.0.5:8080/\n    allow_private_address: true\n") == [])
    }

    @Test("a key in the file is refused, and so are services and departments that do not exist")
    func references() throws {
        let keys = """
                endpoint: https://work.oakton.example/
                api_key: s3cret
                departments: [wroks]
                service_codes: { RD-SING: X }

            """
        #expect(
            try faults(keys) == [
                "f: target works: \"RD-SING\" is no service of this tenant; did you mean RD-SIGN?",
                "f:5:14: a secret never stands in a file; put it in an environment variable and name that in api_key_variable",
                "f:6:19: \"wroks\" is no department of oakton; did you mean works?",
            ]
        )
    }
}
