import Domain
import Foundation
import Testing

@testable import Tenancy

@Suite("The difference between what is stored and the files")
struct TenantDiffTests {
    private func oakton(_ change: (inout SmallRegion) -> Void = { _ in }) throws -> TenantConfiguration {
        var region = SmallRegion()
        change(&region)
        let folder = try region.load()
        #expect(folder.faults == [])
        return try #require(folder.configurations.last)
    }

    @Test("is nothing for the same files, also after a round through JSON")
    func nothing() throws {
        let files = try oakton()
        let stored = try TenantConfiguration(canonicalJSON: try oakton().canonicalJSON())
        #expect(TenantDiff(from: stored, to: files).isEmpty)
    }

    @Test("is one line for a tenant that is not stored yet")
    func fresh() throws {
        let lines = TenantDiff(from: nil, to: try oakton()).lines
        #expect(lines == ["added tenant oakton: Town of Oakton, code OK, 2 services"])
    }

    @Test("names what changed, what came and what went, in a person's words")
    func changes() throws {
        let stored = try oakton()
        let files = try oakton { region in
            region.replace(
                "complete_within_business_days: 10",
                with: "complete_within_business_days: 5",
                in: "templates/tiny.yml"
            )
            region.replace(
                "- { key: other,",
                with: "- { key: none, name: { en: None, fr: Aucun } }\n          - { key: other,",
                in: "templates/tiny.yml"
            )
            region.replace("unit: cm", with: "unit: m", in: "templates/tiny.yml")
            region.replace(
                "keywords: { en: [stop sign], fr: [panneau] }",
                with: "keywords: { en: [stop], fr: [panneau] }",
                in: "templates/tiny.yml"
            )
            region.replace("friday: \"08:30-12:00\"", with: "friday: \"08:30-13:00\"", in: "oakton/calendar.yml")
            region.replace("email: 311@oakton.example", with: "email: info@oakton.example", in: "oakton/tenant.yml")
            region.files["oakton/services.yml"] = "adopt: { template: tiny }\n" + SmallRegion.own("OK:XX-DOCK")
        }
        let lines = TenantDiff(from: stored, to: files).lines
        #expect(
            lines.filter { !$0.hasPrefix("changed calendar, version") } == [
                "changed tenant oakton, contact.email: \"311@oakton.example\" → \"info@oakton.example\"",
                "changed calendar, weekly_hours.friday: [\"08:30-12:00\"] → [\"08:30-13:00\"]",
                "added service OK:XX-DOCK from 2026-01-01: Dock",
                "changed service RD-SIGN from 2026-01-01, keywords_en: [\"stop sign\"] → [\"stop\"]",
                "added service RD-SIGN from 2026-01-01, questions[SIGN].values[none]: None",
                "changed service RD-SIGN from 2026-01-01, questions[HEIGHT].unit: \"cm\" → \"m\"",
                "changed service RD-SIGN from 2026-01-01, sla.complete: 10 business_days → 5 business_days",
            ]
        )
        #expect(stored.calendar.version != files.calendar.version)
    }

    @Test("a change by date shows the end of the old entry and the new one")
    func dated() throws {
        let files = try oakton { region in
            region.files["oakton/services.yml"] = """
                adopt: { template: tiny }
                overrides:
                  - { service_code: RD-SIGN, valid_from: 2026-07-01, priority: P2 }

                """
        }
        #expect(
            TenantDiff(from: try oakton(), to: files).lines == [
                "added service RD-SIGN from 2026-01-01, valid_until: \"2026-06-30\"",
                "added service RD-SIGN from 2026-07-01: Sign",
            ]
        )
        #expect(
            TenantDiff(from: files, to: try oakton()).lines == [
                "removed service RD-SIGN from 2026-01-01, valid_until: \"2026-06-30\"",
                "removed service RD-SIGN from 2026-07-01: Sign",
            ]
        )
    }
}
