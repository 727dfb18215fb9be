import DataFiles
import Domain
import Foundation

/// Reads areas from a file into features that an index can be built of, and reports everything that was wrong.
///
/// GeoJSON in any form is read directly and exactly; everything else goes through `ogr2ogr` first. A bad feature never costs the others.
public struct BoundaryImport: Sendable {
    /// Nothing people answer for is larger: about the surface of Canada, in square metres.
    public static let enormous = 1e13

    private let options: ImportOptions

    /// An import with its options.
    public init(_ options: ImportOptions = ImportOptions()) { self.options = options }

    /// Reads a file, converting it first where its format or coordinate system asks for that.
    ///
    /// - Throws: ``DataFileError`` when the file as a whole can't be read; what is wrong with single features is in the report.
    public func read(path: String, progress: (ImportProgress) -> Void = { _ in }) async throws -> (
        features: [BoundaryFeature], report: ImportReport
    ) {
        let plan = try FileConversion.plan(path: path, options: options)
        guard case .convert(let from) = plan else { return try readGeoJSON(path: path, progress: progress) }
        return try await FileConversion.withConverted(path: path, from: from, layer: options.sourceLayer) { converted in
            var result = try readGeoJSON(path: converted, progress: progress)
            result.report.source = path
            let note = ImportFinding(
                severity: .note,
                code: .converted,
                feature: nil,
                line: nil,
                id: nil,
                fault:
                    "converted \(from.map { "from \($0) " } ?? "")to WGS 84 by ogr2ogr; lines are those of the conversion",
                expected: ""
            )
            result.report.findings.insert(note, at: 0)
            return result
        }
    }

    /// Reads GeoJSON in WGS 84: a collection, lines, or one object, plain or gzip.
    ///
    /// - Throws: ``DataFileError`` when the file as a whole can't be read.
    public func readGeoJSON(path: String, progress: (ImportProgress) -> Void = { _ in }) throws -> (
        features: [BoundaryFeature], report: ImportReport
    ) {
        var collector = BoundaryCollector(
            options: options,
            session: ImportSession(source: path, findingLimit: options.findingLimit)
        )
        let repair = try GeometryRepair()
        let reader = GeoJSONReader(path: path, largestFeature: options.largestFeature)
        var read = 0
        var vertices = 0
        let system = try reader.read { bytes, total in
            progress(ImportProgress(bytesRead: bytes, bytesTotal: total, features: read, vertices: vertices))
        } body: { item, number, line in
            collector.take(item, number: number, line: line, repair: repair)
            read = collector.session.report.read
            vertices = collector.session.report.vertices
        }
        return collector.finish(coordinateSystem: system)
    }
}

/// Turns parsed features into boundary features one by one and keeps the report.
private struct BoundaryCollector {
    let options: ImportOptions
    var session: ImportSession
    private var features: [BoundaryFeature] = []
    private var origins: [(feature: Int, line: Int)] = []
    private var known: [Key: Int] = [:]
    private var swaps = SwapCheck()

    private struct Key: Hashable {
        let layer: LayerName
        let id: AreaID
    }

    init(options: ImportOptions, session: ImportSession) {
        self.options = options
        self.session = session
    }

    mutating func take(_ item: GeoJSONReader.Item, number: Int?, line: Int, repair: GeometryRepair) {
        if number != nil { session.report.read += 1 }
        switch item {
        case .fault(let message):
            session.note(
                .error,
                .json,
                feature: number,
                line: line,
                message,
                expected: "one JSON object for each feature"
            )
        case .feature(let parsed):
            guard let area = area(of: parsed, number: number ?? 0, line: line, repair: repair) else { return }
            keep(area, number: number ?? 0, line: line)
        }
    }

    private mutating func area(of parsed: ParsedFeature, number: Int, line: Int, repair: GeometryRepair)
        -> BoundaryFeature?
    {
        let idText = parsed.properties[options.idProperty]?.text ?? parsed.id?.text
        guard let idText else {
            session.note(
                .error,
                .property,
                feature: number,
                line: line,
                "there is no id",
                expected: "a property \"\(options.idProperty)\", or another named with the import"
            )
            return nil
        }
        guard let id = AreaID(rawValue: idText) else {
            session.note(
                .error,
                .property,
                feature: number,
                line: line,
                id: String(idText.prefix(40)),
                "the id can't be used",
                expected: AreaID.form.english
            )
            return nil
        }
        guard let layer = layer(of: parsed, number: number, line: line, id: idText),
            let given = shape(of: parsed, number: number, line: line, id: idText)
        else { return nil }
        var jurisdiction: JurisdictionID?
        if let text = parsed.properties[options.jurisdictionProperty]?.text {
            jurisdiction = JurisdictionID(rawValue: text)
            if jurisdiction == nil {
                session.note(
                    .warning,
                    .property,
                    feature: number,
                    line: line,
                    id: idText,
                    "the jurisdiction \"\(text.prefix(40))\" can't be used",
                    expected: JurisdictionID.form.english
                )
            }
        }
        var area = BoundaryFeature(
            id: id,
            layer: layer,
            name: parsed.properties[options.nameProperty]?.text ?? idText,
            jurisdictionID: jurisdiction,
            priority: parsed.properties[options.priorityProperty]?.text.flatMap { Int($0) }
                ?? BoundaryFeature.usualPriority,
            geometry: given
        )
        guard mend(&area, number: number, line: line, repair: repair) else { return nil }
        return area
    }

    private mutating func layer(of parsed: ParsedFeature, number: Int, line: Int, id: String) -> LayerName? {
        if let layer = options.layer { return layer }
        let text = parsed.properties[options.layerProperty]?.text
        if let text, let layer = LayerName(rawValue: text) { return layer }
        session.note(
            .error,
            .property,
            feature: number,
            line: line,
            id: id,
            text.map { "the layer \"\($0.prefix(40))\" can't be used" } ?? "there is no layer",
            expected:
                "a property \"\(options.layerProperty)\" of \(LayerName.form.english); or a layer named with the import"
        )
        return nil
    }

    private mutating func shape(of parsed: ParsedFeature, number: Int, line: Int, id: String) -> AreaGeometry? {
        guard let geometry = parsed.geometry else {
            session.note(
                .error,
                .empty,
                feature: number,
                line: line,
                id: id,
                "there is no geometry",
                expected: "a polygon"
            )
            return nil
        }
        guard session.isOnEarth(geometry, feature: number, line: line, id: id) else { return nil }
        let type = geometry.type ?? "no type"
        guard type == "Polygon" || type == "MultiPolygon" else {
            session.note(
                .error,
                .geometryType,
                feature: number,
                line: line,
                id: id,
                "the geometry is \(type.prefix(40))",
                expected: "Polygon or MultiPolygon"
            )
            return nil
        }
        guard geometry.depth != 0 else {
            session.note(
                .error,
                .empty,
                feature: number,
                line: line,
                id: id,
                "the polygon is empty",
                expected: "at least one ring"
            )
            return nil
        }
        guard geometry.depth == ParsedGeometry.depths[type] else {
            session.note(
                .error,
                .geometryType,
                feature: number,
                line: line,
                id: id,
                "the coordinates of this \(type) are nested \(geometry.depth) levels deep",
                expected: "\(ParsedGeometry.depths[type] ?? 0) levels"
            )
            return nil
        }
        guard type == "Polygon" else { return AreaGeometry(polygons: geometry.polygons) }
        return AreaGeometry(polygons: [AreaGeometry.Polygon(rings: geometry.lines)])
    }

    private mutating func mend(_ area: inout BoundaryFeature, number: Int, line: Int, repair: GeometryRepair) -> Bool {
        do {
            switch try repair(area.geometry) {
            case .sound(let geometry): area.geometry = geometry
            case .mended(let geometry, let reason, let place):
                session.report.repairs.append(
                    ImportRepair(
                        feature: number,
                        layer: area.layer,
                        id: area.id,
                        reason: reason,
                        place: place,
                        squareMetresBefore: area.geometry.squareMetres,
                        squareMetresAfter: geometry.squareMetres,
                        verticesBefore: area.geometry.vertexCount,
                        verticesAfter: geometry.vertexCount
                    )
                )
                area.geometry = geometry
            case .empty(let reason):
                session.note(
                    .error,
                    .empty,
                    feature: number,
                    line: line,
                    id: area.id.rawValue,
                    reason,
                    expected: "a ring of at least four positions around some surface"
                )
                return false
            }
        } catch {
            session.note(.error, .invalid, feature: number, line: line, id: area.id.rawValue, error.reason)
            return false
        }
        // Measured only where the box around it is large enough for the doubt; half a hemisphere is beyond doubt.
        guard let box = area.geometry.box, box.squareMetres > BoundaryImport.enormous else { return true }
        let isBeyondDoubt = box.squareMetres > 6 * BoundaryImport.enormous
        let surface = isBeyondDoubt ? box.squareMetres : area.geometry.squareMetres
        guard surface <= BoundaryImport.enormous else {
            session.note(
                .error,
                .enormous,
                feature: number,
                line: line,
                id: area.id.rawValue,
                "the polygon covers \(Int(surface / 1e6)) km²",
                expected: "at most \(Int(BoundaryImport.enormous / 1e6)) km²; look for a swapped or missing digit"
            )
            return false
        }
        return true
    }

    /// Keeps an area; a second one of the same id is dropped when it is the same shape and renamed when it is not, so no place is lost.
    private mutating func keep(_ given: BoundaryFeature, number: Int, line: Int) {
        var area = given
        if let first = known[Key(layer: area.layer, id: area.id)] {
            let origin = origins[first]
            if features[first].geometry == area.geometry {
                session.note(
                    .warning,
                    .duplicate,
                    feature: number,
                    line: line,
                    id: area.id.rawValue,
                    "the same area as feature \(origin.feature); left out"
                )
                return
            }
            var copy = 2
            while let renamed = AreaID(rawValue: "\(given.id)~\(copy)"),
                known[Key(layer: area.layer, id: renamed)] != nil
            { copy += 1 }
            area.id = AreaID(trusted: "\(given.id)~\(copy)")
            session.note(
                .error,
                .duplicate,
                feature: number,
                line: line,
                id: given.id.rawValue,
                "the id is already that of feature \(origin.feature); kept as \(area.id)",
                expected: "one id for each area of a layer; parts of one area belong into one MultiPolygon"
            )
        }
        known[Key(layer: area.layer, id: area.id)] = features.count
        if let box = area.geometry.box { swaps.add(box.centre) }
        session.report.vertices += area.geometry.vertexCount
        origins.append((number, line))
        features.append(area)
    }

    mutating func finish(coordinateSystem: String?) -> (features: [BoundaryFeature], report: ImportReport) {
        let suspects = Set(swaps.suspects())
        for index in suspects.sorted() {
            session.note(
                .error,
                .swapped,
                feature: origins[index].feature,
                line: origins[index].line,
                id: features[index].id.rawValue,
                "latitude and longitude look swapped: it lies at \(features[index].geometry.box?.centre.description ?? "nowhere")",
                expected: "longitude first, then latitude"
            )
        }
        if session.accepts(coordinateSystem: coordinateSystem) {
            features = features.indices.filter { !suspects.contains($0) }.map { features[$0] }
        } else {
            features = []
        }
        session.report.accepted = features.count
        session.report.vertices = features.reduce(0) { $0 + $1.geometry.vertexCount }
        for feature in features { session.report.layers[feature.layer.rawValue, default: 0] += 1 }
        return (features, session.report)
    }
}
