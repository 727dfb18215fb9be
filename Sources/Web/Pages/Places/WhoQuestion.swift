import Domain
import Foundation
import Hub
import Hummingbird

/// What somebody asks on "Who looks after this place?": everything stands in the address, so an answer can be sent to a friend.
///
/// `lat` and `long` (or `lon`), `address`, `type` a public type, `road`, `asset`, `municipality`, `property` answers to its question, `show` layers on
/// the map, `view` how much of it.
struct WhoQuestion: Sendable {
    /// How much the still map shows.
    enum View: String, Sendable, CaseIterable {
        /// The houses around.
        case near
        /// A part of town.
        case town
        /// Everything.
        case region

        /// Half a side of the map in metres over the ground.
        var metres: Double {
            switch self {
            case .near: 500
            case .town: 4_000
            case .region: 0
            }
        }
    }

    /// As typed.
    let latitude: String?
    /// As typed.
    let longitude: String?
    /// As typed; nil when the coordinates stand for it already.
    let address: String?
    /// The address that the coordinates stand for.
    let placed: String?
    /// The matter picked.
    let type: String?
    /// Answer to "which road?".
    let road: String?
    /// Answer to "which light, hydrant or tree?".
    let asset: String?
    /// Answer to "which municipality?".
    let municipality: String?
    /// Answer to "what kind of property?".
    let property: String?
    /// Layers drawn beside the municipalities.
    let shown: Set<String>
    /// How much the map shows.
    let view: View

    init(_ form: PageForm) {
        func text(_ name: String, _ most: Int) -> String? {
            form[name].map { String($0.trimmingCharacters(in: .whitespacesAndNewlines).prefix(most)) }
                .flatMap { $0.isEmpty ? nil : $0 }
        }
        latitude = text("lat", 60)
        longitude = text("long", 60) ?? text("lon", 60)
        let typed = text("address", 300)
        placed = text("placed", 300)
        let hasPoint = latitude != nil || longitude != nil
        address = typed == placed && hasPoint ? nil : typed
        type = text("type", 60)
        road = text("road", 100)
        asset = text("asset", 100)
        municipality = text("municipality", 100)
        property = text("property", 40)
        shown = Set(form.all("show").prefix(60))
        view = text("view", 10).flatMap(View.init(rawValue:)) ?? .town
    }

    /// The point in numbers; nil when none was given or one is no number on the earth.
    var coordinate: Coordinate? {
        guard address == nil, let latitude, let longitude else { return nil }
        return try? Coordinate(
            latitudeText: ReportDraft.decimal(latitude),
            longitudeText: ReportDraft.decimal(longitude)
        )
    }

    /// Which of the two numbers is at fault; nil when none is.
    var coordinateFault: (field: String, key: String)? {
        guard address == nil, latitude != nil || longitude != nil, coordinate == nil else { return nil }
        let isLatitudeFine =
            (try? Coordinate(latitudeText: ReportDraft.decimal(latitude ?? ""), longitudeText: "0")) != nil
        return isLatitudeFine ? ("lon", "fault.longitude") : ("lat", "fault.latitude")
    }

    /// The query of the same question about a place, with one part changed.
    func query(at place: Coordinate?, address: String? = nil, view: View? = nil) -> String {
        var items: [(String, String)] = []
        if let place { items += [("lat", place.latitudeText), ("long", place.longitudeText)] }
        if let address { items += [("address", address), ("placed", address)] }
        if let type { items.append(("type", type)) }
        if let road { items.append(("road", road)) }
        if let asset { items.append(("asset", asset)) }
        if let municipality { items.append(("municipality", municipality)) }
        if let property { items.append(("property", property)) }
        items += shown.sorted().map { ("show", $0) }
        if let view, view != .town { items.append(("view", view.rawValue)) }
        let pairs = items.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }
}
