import Domain
import Foundation
import Hub
import Hummingbird

/// "Who looks after this place?": for one place the body for each everyday matter, with the reason in one sentence.
struct WhoPage: Sendable {
    let parts: PageParts

    /// Public types that stand for the everyday matters, in the order of the page.
    private static let matters = [
        "RD-POTH", "RD-SWALK", "RD-LIGHT", "WN-PLOW", "RR-SIGNAL", "WS-MISS", "PK-TREEHZ", "WT-MAIN", "WW-BACK",
        "BY-NOISE",
        "AN-LOOSE", "TR-STOP", "PH-FOOD", "PO-NONEM",
    ]

    /// The body for one matter.
    struct Row {
        let matter: String
        let body: String
        let text: String
        let phone: String?
        let phoneAddress: String?
        let report: String?
        let reportText: String
    }

    /// What the template shows.
    struct WhoView {
        let action: String
        let latitude: String
        let longitude: String
        let faults: [StepChrome.FaultItem]
        let hasFaults: Bool
        let latitudeFault: String?
        let longitudeFault: String?
        let place: String?
        let rows: [Row]
        let hasRows: Bool
        let hasMap: Bool
        let layer: String
    }

    /// The page, with answers when a place stands in the address.
    func callAsFunction(_ request: Request, _ site: Site) async throws -> Response {
        let query = try PageForm(query: request)
        let words = parts.words(site.language)
        var draft = ReportDraft()
        draft.setPlace(
            latitude: query["lat"].map { String($0.prefix(60)) },
            longitude: query["lon"].map { String($0.prefix(60)) },
            address: nil
        )
        var faults: [StepChrome.FaultItem] = []
        if query.has("lat") || query.has("lon"), draft.coordinate == nil {
            let isLatitudeFine =
                (try? Coordinate(latitudeText: ReportDraft.decimal(draft.latitude ?? ""), longitudeText: "0")) != nil
            faults.append(
                isLatitudeFine
                    ? StepChrome.FaultItem(field: "lon", text: words("fault.longitude"))
                    : StepChrome.FaultItem(field: "lat", text: words("fault.latitude"))
            )
        }
        let rows = if let place = draft.coordinate { try await rows(at: place, site) } else { [Row]() }
        let view = WhoView(
            action: site.path("who"),
            latitude: draft.latitude ?? "",
            longitude: draft.longitude ?? "",
            faults: faults,
            hasFaults: !faults.isEmpty,
            latitudeFault: faults.first { $0.field == "lat" }?.text,
            longitudeFault: faults.first { $0.field == "lon" }?.text,
            place: draft.coordinate.map { words("who.place", ["place": PlaceText.point($0, words)]) },
            rows: rows,
            hasRows: !rows.isEmpty,
            hasMap: parts.assets.leafletScript != nil,
            layer: "/api/v1/boundaries?layer=municipality"
        )
        let heading = words("who.heading")
        let frame = parts.frame(
            site,
            title: faults.isEmpty ? heading : words("fault.title", ["page": heading]),
            here: "who" + (request.uri.query.map { "?\($0)" } ?? ""),
            hasMap: true,
            scripts: ["map.js"]
        )
        return try parts.page("resident.who", view, frame, site.language, status: faults.isEmpty ? .ok : .badRequest)
    }

    private func rows(at place: Coordinate, _ site: Site) async throws -> [Row] {
        let now = parts.surroundings.second
        let types = Self.matters.compactMap { code in
            try? ServiceCode(code)
        }.compactMap { code in
            site.tenant.catalogue.service(forPublicType: code, at: site.tenant.day(of: now))
        }
        var rows: [Row] = []
        for type in types {
            let route = try await ExplainResponsibility(parts.surroundings)(
                RouteQuery(place: PlaceInput(coordinate: place), service: type.code, at: now, tenant: site.tenant)
            )
            rows.append(row(type, route, place, site))
        }
        return rows
    }

    private func row(_ type: Service, _ route: RouteAnswer, _ place: Coordinate, _ site: Site) -> Row {
        let language = site.language
        let words = parts.words(language)
        let phone = route.partner?.phone ?? route.lead?.tenant.contact.phone
        let isOurs = route.partner == nil && type.isOffered(on: site.tenant.day(of: parts.surroundings.second))
        return Row(
            matter: type.name[language],
            body: route.leadName?.plain[language] ?? words("who.open"),
            text: route.decision.residentText[language],
            phone: phone.map { PhoneText($0).shown },
            phoneAddress: phone.map { PhoneText($0).address },
            report: isOurs
                ? site.path("report/where?type=\(type.code)&lat=\(place.latitudeText)&lon=\(place.longitudeText)")
                : nil,
            reportText: words("who.report", ["matter": type.name[language]])
        )
    }
}
