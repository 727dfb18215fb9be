import Domain
import Foundation
import Testing

@testable import Tenancy

@Suite("Where calls are answered, as the files say")
struct TelephoneReaderTests {
    private func read(_ text: String) -> (TelephoneSettings?, [String]) {
        let faults = FaultList()
        let node = YamlFile(name: "telephone.yml", faults: faults).read(bytes: Array(text.utf8))
        let settings = node.flatMap {
            TelephoneReader(faults: faults).read($0, tenants: [JurisdictionID(trusted: "oakton")])
        }
        return (settings, faults.sorted.map(\.description))
    }

    @Test("a whole file") func whole() {
        let (settings, faults) = read(
            """
            contact_centre: sip:311@contact.example
            desks:
              oakton: sip:desk@oakton.example:5070
            gateway: gateway.example:5060
            """
        )
        #expect(faults == [])
        #expect(settings?.desks[JurisdictionID(trusted: "oakton")]?.rawValue == "sip:desk@oakton.example:5070")
        #expect(
            settings?.address(of: NationalNumber(code: Self.code, line: 100)).rawValue
                == "sip:+17055550100@gateway.example:5060"
        )
    }

    private static let code: CentralOfficeCode = {
        guard let code = try? CentralOfficeCode(areaCode: 705, officeCode: 555) else { fatalError("705-555 is a code") }
        return code
    }()

    @Test("without a gateway an old number is a tel: address") func noGateway() {
        let settings = TelephoneSettings(contactCentre: CallAddress(trusted: "sip:a@b"))
        #expect(settings.address(of: NationalNumber(code: Self.code, line: 7)).rawValue == "tel:+17055550007")
    }

    @Test(
        "every slip is told with its line and what would be right",
        arguments: [
            ("desks: {}", "the key \"contact_centre\" is missing"),
            ("contact_centre: 311", "a SIP address such as"),
            ("contact_centre: sip:a@b\ncontact_center: sip:a@b", "unknown key \"contact_center\""),
            ("contact_centre: sip:a@b\ndesks: { oakten: sip:a@b }", "did you mean oakton?"),
            ("contact_centre: sip:a@b\ndesks: { oakton: 705-555-0100 }", "a SIP address such as"),
            ("contact_centre: sip:a@b\ngateway: sip:a@b", "is a host with or without port"),
            ("contact_centre: sip:a@b\ngateway: host name", "is a host with or without port"),
        ]
    )
    func slips(_ text: String, _ words: String) {
        let (_, faults) = read(text)
        #expect(faults.contains { $0.hasPrefix("telephone.yml") && $0.contains(words) }, "\(faults)")
    }
}
