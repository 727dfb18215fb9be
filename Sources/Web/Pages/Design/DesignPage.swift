import Domain
import Foundation
import Hub
import Hummingbird
import Storage

/// `/design`: every piece that pages are made of, in each mode, in both languages, for those who build pages and those who check them.
struct DesignPage: Sendable {
    let parts: PageParts

    /// One look: by the hand of the person or of the page.
    struct Mode {
        let name: String
        let title: String
    }

    /// A colour with what it is for.
    struct Colour {
        let name: String
        let use: String
    }

    /// What the template shows.
    struct DesignView {
        let heading: String
        let lead: String
        let modes: [Mode]
        let brands: [Brand]
        let tags: [Tag]
    }

    /// A tenant's header.
    struct Brand {
        let name: String
        let sheet: String
        let colour: String
        let contrast: String
    }

    /// A state by word, shape and colour.
    struct Tag {
        let kind: String
        let text: String
    }

    /// The page of a face.
    func callAsFunction(_ site: Site) async throws -> Response {
        let words = parts.words(site.language)
        let view = DesignView(
            heading: words("design.heading"),
            lead: words("design.lead"),
            modes: ["light", "dark", "contrast"].map { Mode(name: $0, title: words("design.mode.\($0)")) },
            brands: try await brands(site),
            tags: [
                ("good", "step.completed"), ("warn", "step.reviewed"), ("danger", "design.late"),
                ("mark", "step.work_assigned"),
            ].map { Tag(kind: $0.0, text: words($0.1)) }
        )
        let frame = parts.frame(site, title: view.heading, here: "design", showsEmergency: true)
        return try parts.page("design.page", view, frame, site.language)
    }

    private func brands(_ site: Site) async throws -> [Brand] {
        var brands: [Brand] = []
        for entry in parts.surroundings.directory.entries {
            guard let tenant = try await parts.surroundings.directory.tenant(entry.id),
                let sheet = BrandSheet(colour: tenant.tenant.brand.colour)
            else { continue }
            brands.append(
                Brand(
                    name: tenant.tenant.name.plain[site.language],
                    sheet: sheet.address,
                    colour: tenant.tenant.brand.colour,
                    contrast: String(format: "%.1f", sheet.contrast)
                )
            )
        }
        return brands
    }
}
