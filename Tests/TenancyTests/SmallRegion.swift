import Foundation

@testable import Tenancy

/// A hub and one town, as small as they can be, in files that a test changes before they are read.
struct SmallRegion {
    /// Path below the folder to the file's text.
    var files: [String: String]

    init() {
        files = [
            "templates/tiny.yml": Self.template,
            "hub-311/tenant.yml": Self.tenant(id: "hub-311", code: "HB", tier: "hub", departments: ["desk"]),
            "hub-311/services.yml": "adopt: { template: tiny, department: desk }\n",
            "hub-311/calendar.yml": Self.calendar,
            "oakton/tenant.yml": Self.tenant(
                id: "oakton",
                code: "OK",
                tier: "single",
                departments: ["works", "clerk"]
            ),
            "oakton/services.yml": "adopt: { template: tiny }\n",
            "oakton/calendar.yml": Self.calendar,
        ]
    }

    /// Replaces text of one file; the text must be there once.
    mutating func replace(_ old: String, with new: String, in file: String) {
        let text = files[file] ?? ""
        precondition(text.components(separatedBy: old).count == 2, "\(old) must stand once in \(file)")
        files[file] = text.replacingOccurrences(of: old, with: new)
    }

    /// Writes the files to a folder of their own, reads it and takes it away again.
    func load() throws -> TenantFolder {
        try read().folder
    }

    /// The faults, with paths below the folder.
    func faults() throws -> [String] {
        let (folder, root) = try read()
        return folder.faults.map { $0.description.replacing(root + "/", with: "").replacing(root, with: "") }
    }

    private func read() throws -> (folder: TenantFolder, root: String) {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("tenants-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        for (path, text) in files {
            let url = root.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
        }
        return (TenantFolder.load(root.path), root.path)
    }

    static let template = """
        template: tiny
        title: { en: Tiny, fr: Minuscule }
        groups:
          - { code: roads, name: { en: Roads, fr: Rues } }
        services:
          - service_code: RD-SIGN
            service_name: { en: Sign, fr: Panneau }
            description: { en: A sign is down., fr: Un panneau est tombé. }
            group: roads
            keywords: { en: [stop sign], fr: [panneau] }
            service_part: road.sign
            department: works
            location: point
            questions:
              - code: SIGN
                kind: singlevaluelist
                required: true
                question: { en: "Which?", fr: "Lequel?" }
                values:
                  - { key: stop, name: { en: Stop, fr: Arrêt } }
                  - { key: other, name: { en: Other, fr: Autre } }
              - code: HEIGHT
                kind: number
                unit: cm
                question: { en: "How high?", fr: "Quelle hauteur?" }
                asked_if: { question: SIGN, is: other }
            sla: { review_within_business_days: 1, complete_within_business_days: 10, promise: done }
            adjustments:
              - when: { question: SIGN, is: [stop] }
                priority: P1
                sla: { review_within_hours: 1, complete_within_hours: 4, promise: safe }
            priority: P3
            visibility: public
            contact: anonymous
            valid_from: 2026-01-01
          - service_code: CS-OTHER
            service_name: { en: Other, fr: Autre }
            description: { en: Anything else., fr: Autre chose. }
            group: roads
            service_part: corp.other
            department: clerk
            location: none
            sla: { promise: answered }
            priority: P3
            visibility: requester
            contact: anonymous
            emergency: { en: Call 911., fr: Composez le 911. }
            catch_all: true
            valid_from: 2026-01-01

        """

    static func tenant(id: String, code: String, tier: String, departments: [String]) -> String {
        """
        jurisdiction_id: \(id)
        code: \(code)
        tier: \(tier)
        name: { en: Town of Oakton, fr: Ville d’Oakton }
        name_forms:
          en: { article: the Town of Oakton, of: of the Town of Oakton, to: to the Town of Oakton }
          fr: { article: la Ville d’Oakton, de: de la Ville d’Oakton, a: à la Ville d’Oakton }
        time_zone: America/Toronto
        languages: [en, fr]
        contact:
          phone: "+1-705-555-0100"
          email: 311@oakton.example
          hours: { en: Weekdays, fr: En semaine }
        call_number: "311"
        brand: { colour: "#1f4e79", accent: "#c55a11" }
        departments:

        """ + departments.map { "  - { code: \($0), name: { en: Desk, fr: Guichet } }\n" }.joined()
    }

    static let calendar = """
        weekly_hours:
          monday: "08:30-16:30"
          friday: "08:30-12:00"
        observed: next_working_day
        holidays:
          statutory: ontario
          also: [easter-monday]
        short_days:
          - { holiday: christmas-eve, hours: "08:30-12:00" }
        closures:
          - { name: { en: Move, fr: Déménagement }, from: 2026-04-13, to: 2026-04-17 }

        """

    /// A `services.yml` with one type of the tenant's own.
    static func own(_ code: String) -> String {
        """
        services:
          - service_code: \(code)
            service_name: { en: Dock, fr: Quai }
            description: { en: A dock., fr: Un quai. }
            group: roads
            service_part: park.dock
            department: works
            location: point
            sla: { promise: done }
            priority: P4
            visibility: public
            contact: anonymous
            valid_from: 2026-01-01

        """
    }
}
