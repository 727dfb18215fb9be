import DataFiles
import Domain

/// Reads road centrelines with owner, class and names.
///
/// Properties: `id`, `name`, `owner`, `owner_kind`, `road_class`, `speed_limit` (km/h), `aliases` (a list, or texts joined by `;`),
/// `boundary_line`, and for an agreed change of owner `change_on`, `change_owner`, `change_owner_kind`; `operator` where somebody
/// else looks after it; `route` (id of the whole road) and `from_km` (its kilometre at the first vertex) for agreements by distance.
/// A spoken name may say its days: `Highway 7 [2019-04-01/..]`.
public struct RoadImport: Sendable {
    private let options: ImportOptions
    private let names: [String: String]

    /// An import with its options.
    ///
    /// - Parameter names: For a property of ours, the name it has in the file: `["owner": "JURIS"]`.
    public init(_ options: ImportOptions = ImportOptions(), names: [String: String] = [:]) {
        self.options = options
        self.names = names
    }

    /// Reads a file, converting it first where its format or coordinate system asks for that.
    ///
    /// - Throws: ``DataFileError`` when the file as a whole can't be read; what is wrong with single features is in the report.
    public func read(
        path: String,
        progress: (ImportProgress) -> Void = { _ in }
    ) async throws -> (roads: [RoadSegment], report: ImportReport) {
        var roads = FeatureCollector<String, RoadSegment>()
        let file = FeatureFile(path: path, options: options)
        var session = try await file.read(progress: progress) { take($0, at: $1, &$2, into: &roads) }
        return (roads.finish(&session), session.report)
    }

    /// Reads GeoJSON in WGS 84: a collection, lines, or one object, plain or gzip.
    ///
    /// - Throws: ``DataFileError`` when the file as a whole can't be read.
    public func readGeoJSON(
        path: String,
        progress: (ImportProgress) -> Void = { _ in }
    ) throws -> (roads: [RoadSegment], report: ImportReport) {
        var roads = FeatureCollector<String, RoadSegment>()
        let file = FeatureFile(path: path, options: options)
        var session = try file.readGeoJSON(progress: progress) { take($0, at: $1, &$2, into: &roads) }
        return (roads.finish(&session), session.report)
    }

    private func take(
        _ parsed: ParsedFeature,
        at origin: FeatureOrigin,
        _ session: inout ImportSession,
        into roads: inout FeatureCollector<String, RoadSegment>
    ) {
        guard let road = road(of: parsed, at: origin, &session) else { return }
        let id = road.attributes.id
        if let first = roads.first(id) {
            session.note(
                .error,
                .duplicate,
                at: origin,
                id: id,
                "the id is already that of feature \(first.origin.number); left out",
                expected: "one id for each segment"
            )
            return
        }
        guard let place = road.lines.first?.first else { return }
        let vertices = road.lines.reduce(0) { $0 + $1.count }
        roads.keep(road, key: id, id: id, centre: place, vertices: vertices, layer: "road", at: origin)
    }

    private func road(of parsed: ParsedFeature, at origin: FeatureOrigin, _ session: inout ImportSession)
        -> RoadSegment?
    {
        func property(_ name: String) -> PropertyValue? { parsed.properties[names[name] ?? name] }
        guard let id = session.id(of: parsed, property: names["id"] ?? "id", at: origin) else { return nil }
        guard id.utf8.count <= 100 else {
            session.note(
                .error,
                .property,
                at: origin,
                id: String(id.prefix(40)),
                "the id can't be used",
                expected: "up to 100 bytes"
            )
            return nil
        }
        guard let lines = session.lines(of: parsed, at: origin, id: id, options: options) else { return nil }
        let kind = kind(property("owner_kind")?.text, at: origin, id: id, &session)
        let owner = property("owner")?.text
        if owner == nil {
            session.note(
                .warning,
                .property,
                at: origin,
                id: id,
                "there is no owner",
                expected: "a property \"\(names["owner"] ?? "owner")\""
            )
        }
        let attributes = RoadAttributes(
            id: id,
            name: property("name")?.text ?? id,
            owner: owner ?? "unknown",
            ownerKind: owner == nil ? .unknown : kind,
            roadClass: property("road_class")?.text ?? "unknown",
            speedLimit: property("speed_limit")?.text.flatMap { Int($0) },
            aliases: aliases(property("aliases") ?? property("alias"), at: origin, id: id, &session),
            change: change(property, at: origin, id: id, &session),
            boundaryLine: property("boundary_line")?.text,
            operatorID: property("operator")?.text,
            route: property("route")?.text,
            fromKilometre: kilometre(property("from_km")?.text, at: origin, id: id, &session)
        )
        return RoadSegment(attributes: attributes, lines: lines)
    }

    private func aliases(
        _ value: PropertyValue?,
        at origin: FeatureOrigin,
        id: String,
        _ session: inout ImportSession
    ) -> [RoadAlias] {
        var texts = value?.text?.split(separator: ";").map { $0.trimmingBlanks } ?? []
        if case .list(let given) = value { texts = given }
        var aliases: [RoadAlias] = []
        for text in texts where !text.isEmpty {
            if let alias = RoadAlias(text: text) {
                aliases.append(alias)
                continue
            }
            session.note(
                .warning,
                .property,
                at: origin,
                id: id,
                "the days of the alias \"\(text.prefix(60))\" can't be read; it was left out",
                expected: "a name, or a name with its days as in Highway 7 [2019-04-01/..]"
            )
        }
        return aliases
    }

    private func kilometre(
        _ text: String?,
        at origin: FeatureOrigin,
        id: String,
        _ session: inout ImportSession
    ) -> Double? {
        guard let text else { return nil }
        if let kilometre = Double(text), (0...20_000).contains(kilometre) { return kilometre }
        session.note(
            .warning,
            .property,
            at: origin,
            id: id,
            "\"from_km\" is \"\(text.prefix(40))\" and was left out",
            expected: "kilometres from 0, such as 4.35"
        )
        return nil
    }

    private func kind(
        _ text: String?,
        at origin: FeatureOrigin,
        id: String,
        _ session: inout ImportSession
    ) -> RoadOwnerKind {
        guard let text else { return .unknown }
        if let kind = RoadOwnerKind(rawValue: text) { return kind }
        session.note(
            .warning,
            .property,
            at: origin,
            id: id,
            "the kind of owner \"\(text.prefix(40))\" is unknown",
            expected: RoadOwnerKind.allCases.map(\.rawValue).joined(separator: ", ")
        )
        return .unknown
    }

    private func change(
        _ property: (String) -> PropertyValue?,
        at origin: FeatureOrigin,
        id: String,
        _ session: inout ImportSession
    ) -> RoadOwnerChange? {
        guard let on = property("change_on")?.text else { return nil }
        let parts = on.split(separator: "-", omittingEmptySubsequences: false)
        guard on.utf8.count == 10, parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ Int($0) != nil }),
            let owner = property("change_owner")?.text
        else {
            session.note(
                .warning,
                .property,
                at: origin,
                id: id,
                "the change of owner can't be used",
                expected: "\"change_on\" as 2027-06-01 and \"change_owner\""
            )
            return nil
        }
        let kind = kind(property("change_owner_kind")?.text, at: origin, id: id, &session)
        return RoadOwnerChange(on: on, owner: owner, ownerKind: kind)
    }
}

extension Substring {
    fileprivate var trimmingBlanks: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
