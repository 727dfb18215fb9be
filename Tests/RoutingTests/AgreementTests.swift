import Domain
import Routing
import Tenancy
import Testing

@Suite("The demonstration region's agreement")
struct AgreementTests {
    @Test("is read without a fault")
    func readsWithoutFault() {
        #expect(Region.agreement.faults.map(\.description) == [])
        #expect(Region.agreement.ruleSets.count == 1)
    }

    @Test("gives every case one lead or a referral, has no dead row and no two rows of equal rank")
    func isComplete() {
        let check = CompletenessCheck(Region.agreement.ruleSets, jurisdictions: Region.bodies)
        let clock = ContinuousClock()
        var findings: [CompletenessFinding] = []
        let time = clock.measure { findings = check.findings(today: Region.day("2026-11-21")) }
        #expect(findings.map(\.description) == [])
        #expect(time < .seconds(10), "it took \(time)")
    }

    @Test("knows every service part that a tenant's catalogue names")
    func knowsEveryPart() {
        let parts = Set(Region.agreement.ruleSets.flatMap { $0.parts.map(\.part) })
        let named = Region.tenants.configurations.flatMap { $0.catalogue.services.map(\.part) }
        #expect(named.count > 100)
        #expect(Set(named).subtracting(parts).sorted() == [])
    }

    @Test("has every referral entry of the catalogue facts, confirmed within a year")
    func hasReferrals() {
        let partners = Region.agreement.ruleSets.first?.partners ?? []
        let codes = Set(partners.compactMap(\.referralCode))
        for code in [
            "REF-HYDRO", "REF-GAS", "REF-BLUE", "REF-511", "REF-OPP", "REF-CONS", "REF-RAIL", "REF-SPILL", "REF-LOCATE",
            "REF-SCHOOL", "REF-211", "REF-811", "REF-988", "REF-POST", "REF-MPAC", "REF-TENANT",
        ] {
            #expect(codes.contains(code), "\(code) is missing")
        }
    }
}
