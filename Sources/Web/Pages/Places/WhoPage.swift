import Domain
import Foundation
import Geo
import Hub
import Hummingbird
import Storage

/// "Who looks after this place?": what a place belongs to in every layer, and for each matter the body with the reason in one sentence.
///
/// The page that is sent is complete: a list, a still map, a form. Scripts put a map that moves in the place of the still one.
struct WhoPage: Sendable {
    let parts: PageParts

    /// A place that an address may mean.
    struct Candidate {
        let text: String
        let note: String
        let address: String
    }

    /// A road beside the place.
    struct Road {
        let name: String
        let owner: String
        let metres: String
    }

    /// What is known of the place.
    struct Answer {
        let text: String
        let isDoubtful: Bool
        let point: String
        let share: String
        let picked: WhoMatters.Picked?
        let roads: [Road]
        let hasRoads: Bool
        let rows: [WhoMatters.Row]
        let printed: String
    }

    /// What the template shows.
    struct WhoView {
        let action: String
        let address: String
        let addressFault: String?
        let placed: String
        let latitude: String
        let longitude: String
        let latitudeFault: String?
        let longitudeFault: String?
        let faults: [StepChrome.FaultItem]
        let hasFaults: Bool
        let candidates: [Candidate]
        let hasCandidates: Bool
        let groups: [WhoMatters.Group]
        let answer: Answer?
        let layers: [WhoLayers.Row]
        let hasLayers: Bool
        let still: StillMapView?
        let view: String
        let hasMap: Bool
    }

    /// The page, with answers when a place stands in the address.
    func callAsFunction(_ request: Request, _ site: Site) async throws -> Response {
        let question = WhoQuestion(try PageForm(query: request))
        let words = parts.words(site.language)
        let found = question.address.map { LocateAddress(parts.surroundings)($0) }
        let place = question.coordinate ?? found?.certain?.coordinate
        let address = found?.certain?.text ?? (question.coordinate == nil ? question.address : question.placed)
        let candidates = place == nil ? self.candidates(found, question, site, words) : []
        var faults: [StepChrome.FaultItem] = []
        if let fault = question.coordinateFault {
            faults.append(StepChrome.FaultItem(field: fault.field, text: words(fault.key)))
        }
        if found != nil, place == nil, candidates.isEmpty {
            faults.append(StepChrome.FaultItem(field: "address", text: words("who.address-fault")))
        }
        let matters = WhoMatters(parts: parts, site: site)
        let description: PlaceDescription? =
            if let place { await DescribePlace(parts.surroundings)(place, at: parts.surroundings.second) } else {
                nil
            }
        let layers = description?.layers.map(\.name) ?? Self.ordered(parts.surroundings.geography.layers)
        let rows =
            (description.map { WhoLayers($0, shown: question.shown, words) }
            ?? WhoLayers(layers, shown: question.shown, words)).rows
        let view = WhoView(
            action: site.path("who"),
            address: address ?? "",
            addressFault: faults.first { $0.field == "address" }?.text,
            placed: place == nil ? "" : address ?? "",
            latitude: place?.latitudeText ?? question.latitude ?? "",
            longitude: place?.longitudeText ?? question.longitude ?? "",
            latitudeFault: faults.first { $0.field == "lat" }?.text,
            longitudeFault: faults.first { $0.field == "lon" }?.text,
            faults: faults,
            hasFaults: !faults.isEmpty,
            candidates: candidates,
            hasCandidates: !candidates.isEmpty,
            groups: matters.groups(question.type),
            answer: try await answer(description, question, address, matters, site, words),
            layers: rows,
            hasLayers: !rows.isEmpty,
            still: await still(place, description?.facts.areas ?? [], question, address, layers, site, words),
            view: question.view.rawValue,
            hasMap: parts.assets.leafletScript != nil
        )
        let heading = words("who.heading")
        let frame = parts.frame(
            site,
            title: faults.isEmpty ? heading : words("fault.title", ["page": heading]),
            here: "who" + (request.uri.query.map { "?\($0)" } ?? ""),
            hasMap: true,
            scripts: ["map.js", "who.js"]
        )
        return try parts.page("resident.who", view, frame, site.language, status: faults.isEmpty ? .ok : .badRequest)
    }

    private func answer(
        _ description: PlaceDescription?,
        _ question: WhoQuestion,
        _ address: String?,
        _ matters: WhoMatters,
        _ site: Site,
        _ words: Words
    ) async throws -> Answer? {
        guard let description, let place = description.facts.coordinate else { return nil }
        let roads = description.roads.map { road in
            Road(
                name: road.road.name,
                owner: road.owner?.name.plain[site.language] ?? words("who.owner.\(road.ownerKind.rawValue)"),
                metres: words("report.where.metres", ["n": String(Int(road.road.metres.rounded()))])
            )
        }
        let isInside = if case .inside = description.facts.municipality { true } else { false }
        return Answer(
            text: description.text[site.language],
            isDoubtful: !isInside,
            point: [address, words("who.place", ["place": PlaceText.point(place, words)])].compactMap(\.self)
                .joined(separator: " · "),
            share: site.path("who") + question.query(at: place, address: address, view: question.view),
            picked: try await matters.picked(at: place, question),
            roads: roads,
            hasRoads: !roads.isEmpty,
            rows: try await matters.everyday(at: place, question),
            printed: words("who.printed", ["date": site.dates.moment(parts.surroundings.second)])
        )
    }

    /// Places to choose from, each a link to its own answer.
    private func candidates(_ found: AddressAnswer?, _ question: WhoQuestion, _ site: Site, _ words: Words)
        -> [Candidate]
    {
        (found?.candidates ?? []).prefix(8).map { candidate in
            Candidate(
                text: candidate.text,
                note: words("who.level.\(candidate.level.rawValue)"),
                address: site.path("who")
                    + question.query(at: candidate.coordinate, address: candidate.text, view: question.view)
            )
        }
    }

    /// The still map; a page without one is better than no page when the database is away.
    private func still(
        _ place: Coordinate?,
        _ here: [CoveringArea],
        _ question: WhoQuestion,
        _ address: String?,
        _ layers: [LayerName],
        _ site: Site,
        _ words: Words
    ) async -> StillMapView? {
        let drawn = layers.filter {
            $0 == .municipality || $0 == .upperTier || question.shown.contains($0.rawValue)
        }
        let middle = question.view == .region ? nil : place
        guard
            let map = try? await DrawStillMap(parts.surroundings)(drawn, around: middle, metres: question.view.metres)
        else { return nil }
        let scales = WhoQuestion.View.allCases.map { view in
            StillMapView.Scale(
                text: words("who.view.\(view.rawValue)"),
                address: site.path("who") + question.query(at: place, address: address, view: view),
                isCurrent: view == question.view
            )
        }
        return StillMapView(
            map,
            pin: place,
            here: here,
            layers: layers,
            scales: place == nil ? [] : scales,
            title: place == nil ? words("report.where.map") : words("who.still")
        )
    }

    private static func ordered(_ layers: [LayerName]) -> [LayerName] {
        let first = [LayerName.municipality, .upperTier].filter(layers.contains)
        return first + layers.filter { !first.contains($0) }
    }
}
