import DataFiles
import Domain

/// Reads road centrelines with owner, class and names.
///
/// Properties: `id`, `name`, `owner`, `owner_kind`, `road_class`, `speed_limit` (km/h), `aliases` (a list, or texts joined by `;`),
/// `boundary_line`, and for an agreed change of owner `change_on`, `change_owner`, `change_owner_kind`.
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
        guard case .convert(let from) = try FileConversion.plan(path: path, options: options) else {
            return try readGeoJSON(path: path, progress: progress)
        }
        return try await FileConversion.withConverted(path: path, from: from, layer: options.sourceLayer) { converted in
            var result = try readGeoJSON(path: converted, progress: progress)
            result.report.source = path
            return result
        }
    }

    /// Reads GeoJSON in WGS 84: a collection, lines, or one object, plain or gzip.
    ///
    /// - Throws: ``DataFileError`` when the file as a whole can't be read.
    public func readGeoJSON(
        path: String,
        progress: (ImportProgress) -> Void = { _ in }
    ) throws -> (roads: [RoadSegment], report: ImportReport) {
        var session = ImportSession(source: path, findingLimit: options.findingLimit)
        var roads: [RoadSegment] = []
        var origins: [(feature: Int, line: Int)] = []
        var known: [String: Int] = [:]
        var swaps = SwapCheck()
        let reader = GeoJSONReader(path: path, largestFeature: options.largestFeature)
        var read = 0
        let system = try reader.read { bytes, total in
            progress(ImportProgress(bytesRead: bytes, bytesTotal: total, features: read, vertices: 0))
        } body: { item, number, line in
            if number != nil { read += 1 }
            guard case .feature(let parsed) = item else {
                guard case .fault(let message) = item else { return }
                session.note(
                    .error,
                    .json,
                    feature: number,
                    line: line,
                    message,
                    expected: "one JSON object for each feature"
                )
                return
            }
            guard let road = road(of: parsed, number: number ?? 0, line: line, session: &session) else { return }
            if let first = known[road.attributes.id] {
                session.note(
                    .error,
                    .duplicate,
                    feature: number,
                    line: line,
                    id: road.attributes.id,
                    "the id is already that of feature \(origins[first].feature); left out",
                    expected: "one id for each segment"
                )
                return
            }
            known[road.attributes.id] = roads.count
            if let place = road.lines.first?.first { swaps.add(place) }
            origins.append((number ?? 0, line))
            roads.append(road)
        }
        let suspects = Set(swaps.suspects())
        for index in suspects.sorted() {
            session.note(
                .error,
                .swapped,
                feature: origins[index].feature,
                line: origins[index].line,
                id: roads[index].attributes.id,
                "latitude and longitude look swapped",
                expected: "longitude first, then latitude"
            )
        }
        let isUsable = session.accepts(coordinateSystem: system)
        roads = isUsable ? roads.indices.filter { !suspects.contains($0) }.map { roads[$0] } : []
        session.report.read = read
        session.report.accepted = roads.count
        session.report.vertices = roads.reduce(0) { $0 + $1.lines.reduce(0) { $0 + $1.count } }
        session.report.layers = roads.isEmpty ? [:] : ["road": roads.count]
        return (roads, session.report)
    }

    private func road(of parsed: ParsedFeature, number: Int, line: Int, session: inout ImportSession) -> RoadSegment? {
        func property(_ name: String) -> PropertyValue? { parsed.properties[names[name] ?? name] }
        guard let id = property("id")?.text ?? parsed.id?.text, id.utf8.count <= 100 else {
            session.note(
                .error,
                .property,
                feature: number,
                line: line,
                "there is no id",
                expected: "a property \"id\" of up to 100 bytes"
            )
            return nil
        }
        guard let geometry = parsed.geometry, geometry.depth != 0 else {
            session.note(
                .error,
                .empty,
                feature: number,
                line: line,
                id: id,
                "there is no centreline",
                expected: "a LineString"
            )
            return nil
        }
        guard session.isOnEarth(geometry, feature: number, line: line, id: id) else { return nil }
        let type = geometry.type ?? "no type"
        guard type == "LineString" || type == "MultiLineString", geometry.depth == ParsedGeometry.depths[type] else {
            session.note(
                .error,
                .geometryType,
                feature: number,
                line: line,
                id: id,
                "the geometry is \(type.prefix(40))",
                expected: "LineString or MultiLineString"
            )
            return nil
        }
        let lines = geometry.lines.filter { $0.count >= 2 }
        guard !lines.isEmpty else {
            session.note(
                .error,
                .empty,
                feature: number,
                line: line,
                id: id,
                "the centreline has one position",
                expected: "two or more"
            )
            return nil
        }
        let kind = kind(property("owner_kind")?.text, number: number, line: line, id: id, session: &session)
        let owner = property("owner")?.text
        if owner == nil {
            session.note(
                .warning,
                .property,
                feature: number,
                line: line,
                id: id,
                "there is no owner",
                expected: "a property \"owner\""
            )
        }
        let attributes = RoadAttributes(
            id: id,
            name: property("name")?.text ?? id,
            owner: owner ?? "unknown",
            ownerKind: owner == nil ? .unknown : kind,
            roadClass: property("road_class")?.text ?? "unknown",
            speedLimit: property("speed_limit")?.text.flatMap { Int($0) },
            aliases: aliases(property("aliases") ?? property("alias")),
            change: change(property, number: number, line: line, id: id, session: &session),
            boundaryLine: property("boundary_line")?.text
        )
        return RoadSegment(attributes: attributes, lines: lines)
    }

    private func aliases(_ value: PropertyValue?) -> [String] {
        guard case .list(let texts) = value else {
            return value?.text?.split(separator: ";").map { $0.trimmingBlanks }.filter { !$0.isEmpty } ?? []
        }
        return texts.filter { !$0.isEmpty }
    }

    private func kind(
        _ text: String?,
        number: Int,
        line: Int,
        id: String,
        session: inout ImportSession
    ) -> RoadOwnerKind {
        guard let text else { return .unknown }
        if let kind = RoadOwnerKind(rawValue: text) { return kind }
        session.note(
            .warning,
            .property,
            feature: number,
            line: line,
            id: id,
            "the kind of owner \"\(text.prefix(40))\" is unknown",
            expected: RoadOwnerKind.allCases.map(\.rawValue).joined(separator: ", ")
        )
        return .unknown
    }

    private func change(
        _ property: (String) -> PropertyValue?,
        number: Int,
        line: Int,
        id: String,
        session: inout ImportSession
    ) -> RoadOwnerChange? {
        guard let on = property("change_on")?.text else { return nil }
        let parts = on.split(separator: "-", omittingEmptySubsequences: false)
        guard on.utf8.count == 10, parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ Int($0) != nil }),
            let owner = property("change_owner")?.text
        else {
            session.note(
                .warning,
                .property,
                feature: number,
                line: line,
                id: id,
                "the change of owner can't be used",
                expected: "\"change_on\" as 2027-06-01 and \"change_owner\""
            )
            return nil
        }
        let kind = kind(property("change_owner_kind")?.text, number: number, line: line, id: id, session: &session)
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
