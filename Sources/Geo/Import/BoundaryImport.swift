import DataFiles
import Domain

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
        var areas = AreaCollector(options: options, repair: try GeometryRepair())
        let file = FeatureFile(path: path, options: options)
        var session = try await file.read(progress: progress) { areas.take($0, at: $1, &$2) }
        return (areas.collected.finish(&session), session.report)
    }

    /// Reads GeoJSON in WGS 84: a collection, lines, or one object, plain or gzip.
    ///
    /// - Throws: ``DataFileError`` when the file as a whole can't be read.
    public func readGeoJSON(path: String, progress: (ImportProgress) -> Void = { _ in }) throws -> (
        features: [BoundaryFeature], report: ImportReport
    ) {
        var areas = AreaCollector(options: options, repair: try GeometryRepair())
        let file = FeatureFile(path: path, options: options)
        var session = try file.readGeoJSON(progress: progress) { areas.take($0, at: $1, &$2) }
        return (areas.collected.finish(&session), session.report)
    }
}

/// Turns parsed features into areas one by one.
private struct AreaCollector {
    struct Key: Hashable {
        let layer: LayerName
        let id: AreaID
    }

    let options: ImportOptions
    let repair: GeometryRepair
    var collected = FeatureCollector<Key, BoundaryFeature>()

    mutating func take(_ parsed: ParsedFeature, at origin: FeatureOrigin, _ session: inout ImportSession) {
        guard let idText = session.id(of: parsed, property: options.idProperty, at: origin) else { return }
        guard let id = AreaID(rawValue: idText) else {
            session.note(
                .error,
                .property,
                at: origin,
                id: String(idText.prefix(40)),
                "the id can't be used",
                expected: AreaID.form.english
            )
            return
        }
        guard let layer = layer(of: parsed, at: origin, id: idText, &session),
            let given = session.area(of: parsed, at: origin, id: idText, options: options)
        else { return }
        var area = BoundaryFeature(
            id: id,
            layer: layer,
            name: parsed.properties[options.nameProperty]?.text ?? idText,
            jurisdictionID: jurisdiction(of: parsed, at: origin, id: idText, &session),
            priority: parsed.properties[options.priorityProperty]?.text.flatMap { Int($0) }
                ?? BoundaryFeature.usualPriority,
            from: session.day("valid_from", of: parsed, at: origin, id: idText),
            until: session.day("valid_until", of: parsed, at: origin, id: idText),
            geometry: given
        )
        guard session.mend(&area, at: origin, with: repair) else { return }
        keep(area, at: origin, &session)
    }

    private func layer(of parsed: ParsedFeature, at origin: FeatureOrigin, id: String, _ session: inout ImportSession)
        -> LayerName?
    {
        if let layer = options.layer { return layer }
        let text = parsed.properties[options.layerProperty]?.text
        if let text, let layer = LayerName(rawValue: text) { return layer }
        session.note(
            .error,
            .property,
            at: origin,
            id: id,
            text.map { "the layer \"\($0.prefix(40))\" can't be used" } ?? "there is no layer",
            expected:
                "a property \"\(options.layerProperty)\" of \(LayerName.form.english); or a layer named with the import"
        )
        return nil
    }

    private func jurisdiction(
        of parsed: ParsedFeature,
        at origin: FeatureOrigin,
        id: String,
        _ session: inout ImportSession
    ) -> JurisdictionID? {
        guard let text = parsed.properties[options.jurisdictionProperty]?.text else { return nil }
        if let jurisdiction = JurisdictionID(rawValue: text) { return jurisdiction }
        session.note(
            .warning,
            .property,
            at: origin,
            id: id,
            "the jurisdiction \"\(text.prefix(40))\" can't be used",
            expected: JurisdictionID.form.english
        )
        return nil
    }

    /// Keeps an area; a second one of the same id is dropped when it is the same shape and renamed when it is not, so no place is lost.
    private mutating func keep(_ given: BoundaryFeature, at origin: FeatureOrigin, _ session: inout ImportSession) {
        var area = given
        if let (first, place) = collected.first(Key(layer: area.layer, id: area.id)) {
            if first.geometry == area.geometry {
                session.note(
                    .warning,
                    .duplicate,
                    at: origin,
                    id: area.id.rawValue,
                    "the same area as feature \(place.number); left out"
                )
                return
            }
            var copy = 2
            while let renamed = AreaID(rawValue: "\(given.id)~\(copy)"),
                collected.first(Key(layer: area.layer, id: renamed)) != nil
            { copy += 1 }
            area.id = AreaID(trusted: "\(given.id)~\(copy)")
            session.note(
                .error,
                .duplicate,
                at: origin,
                id: given.id.rawValue,
                "the id is already that of feature \(place.number); kept as \(area.id)",
                expected: "one id for each area of a layer; parts of one area belong into one MultiPolygon"
            )
        }
        guard let centre = area.geometry.box?.centre else { return }
        collected.keep(
            area,
            key: Key(layer: area.layer, id: area.id),
            id: area.id.rawValue,
            centre: centre,
            vertices: area.geometry.vertexCount,
            layer: area.layer.rawValue,
            at: origin
        )
    }
}
