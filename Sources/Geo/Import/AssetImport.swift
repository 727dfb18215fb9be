public import Domain

/// Reads assets: points and lines with owner, operator, class, component and days in service.
///
/// Properties: `id`, `kind` (a word of `AssetKind`), `number` (as painted on it), `name`, `owner`, `operator` (ids of tenants or
/// partners), `asset_class`, `component`, `road` (id of the segment it stands on), `in_service_from`, `in_service_until` (ISO dates).
public struct AssetImport: Sendable {
    private let options: ImportOptions
    private let names: [String: String]
    private let kind: AssetKind?

    /// An import with its options.
    ///
    /// - Parameters:
    ///   - names: For a property of ours, the name it has in the file: `["number": "POLE_NO"]`.
    ///   - kind: Kind of every asset of the file; nil takes each feature's own.
    public init(_ options: ImportOptions = ImportOptions(), names: [String: String] = [:], kind: AssetKind? = nil) {
        self.options = options
        self.names = names
        self.kind = kind
    }

    /// Reads a file, converting it first where its format or coordinate system asks for that.
    ///
    /// - Throws: ``DataFileError`` when the file as a whole can't be read; what is wrong with single features is in the report.
    public func read(path: String, progress: (ImportProgress) -> Void = { _ in }) async throws -> (
        assets: [Asset], report: ImportReport
    ) {
        var assets = FeatureCollector<String, Asset>()
        let file = FeatureFile(path: path, options: options)
        var session = try await file.read(progress: progress) { take($0, at: $1, &$2, &assets) }
        return (assets.finish(&session), session.report)
    }

    /// Reads GeoJSON in WGS 84: a collection, lines, or one object, plain or gzip.
    ///
    /// - Throws: ``DataFileError`` when the file as a whole can't be read.
    public func readGeoJSON(path: String, progress: (ImportProgress) -> Void = { _ in }) throws -> (
        assets: [Asset], report: ImportReport
    ) {
        var assets = FeatureCollector<String, Asset>()
        let file = FeatureFile(path: path, options: options)
        var session = try file.readGeoJSON(progress: progress) { take($0, at: $1, &$2, &assets) }
        return (assets.finish(&session), session.report)
    }

    private func take(
        _ parsed: ParsedFeature,
        at origin: FeatureOrigin,
        _ session: inout ImportSession,
        _ assets: inout FeatureCollector<String, Asset>
    ) {
        guard let asset = asset(of: parsed, at: origin, &session), let place = asset.position else { return }
        let id = asset.attributes.id
        if let first = assets.first(id) {
            session.note(
                .error,
                .duplicate,
                at: origin,
                id: id,
                "the id is already that of feature \(first.origin.number); left out",
                expected: "one id for each asset"
            )
            return
        }
        let vertices = asset.lines.reduce(0) { $0 + $1.count }
        let layer = asset.attributes.kind.rawValue
        assets.keep(asset, key: id, id: id, centre: place, vertices: vertices, layer: layer, at: origin)
    }

    private func asset(of parsed: ParsedFeature, at origin: FeatureOrigin, _ session: inout ImportSession) -> Asset? {
        func text(_ name: String) -> String? { parsed.properties[names[name] ?? name]?.text }
        guard let id = session.id(of: parsed, property: names["id"] ?? "id", at: origin) else { return nil }
        func refuse(_ fault: String, _ expected: String) -> Asset? {
            session.note(.error, .property, at: origin, id: String(id.prefix(40)), fault, expected: expected)
            return nil
        }
        guard id.utf8.count <= 100 else { return refuse("the id can't be used", "up to 100 bytes") }
        guard let kind = kind ?? text("kind").flatMap(AssetKind.init(rawValue:)) else {
            return refuse(
                text("kind").map { "the kind \"\($0.prefix(40))\" is unknown" } ?? "there is no kind",
                AssetKind.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        guard let owner = text("owner") else {
            return refuse("there is no owner", "a property \"owner\": the id of a tenant or partner")
        }
        guard let lines = session.asset(of: parsed, at: origin, id: id, options: options) else { return nil }
        return Asset(
            attributes: AssetAttributes(
                id: id,
                kind: kind,
                number: text("number"),
                name: text("name"),
                owner: owner,
                operatorID: text("operator"),
                assetClass: text("asset_class"),
                component: text("component"),
                road: text("road"),
                from: session.day(names["in_service_from"] ?? "in_service_from", of: parsed, at: origin, id: id),
                until: session.day(names["in_service_until"] ?? "in_service_until", of: parsed, at: origin, id: id)
            ),
            lines: lines
        )
    }
}
