import DataFiles
import Domain
import Foundation

/// Brings any file GDAL can read to lines of GeoJSON in WGS 84, with `ogr2ogr`.
enum FileConversion {
    /// What has to be done before a file can be read.
    enum Plan {
        /// It is GeoJSON in WGS 84.
        case direct
        /// It must be converted; from a coordinate system, where one is named.
        case convert(from: String?)
    }

    /// Decides by the name's ending, and for GeoJSON by the coordinate system it states.
    static func plan(path: String, options: ImportOptions) throws -> Plan {
        var name = path.lowercased()
        if name.hasSuffix(".gz") { name.removeLast(3) }
        let direct = ["json", "geojson", "geojsonl", "geojsons", "ndjson", "jsonl"]
        guard direct.contains(where: { name.hasSuffix("." + $0) }) else { return .convert(from: options.sourceCRS) }
        if let system = options.sourceCRS, !GeoJSONReader.isWGS84(system) { return .convert(from: system) }
        let reader = GeoJSONReader(path: path, largestFeature: options.largestFeature)
        guard options.sourceCRS == nil, let stated = try reader.statedCoordinateSystem(),
            !GeoJSONReader.isWGS84(stated)
        else { return .direct }
        return .convert(from: stated)
    }

    /// Converts a file into a temporary one, hands that to the body with what was noticed on the way, and removes it.
    ///
    /// - Throws: ``DataFileError/conversion(_:)`` with what `ogr2ogr` said, in words a person can act on.
    static func withConverted<Result>(
        path: String,
        from system: String?,
        options: ImportOptions,
        body: (String, [ShapefileParts.Note]) throws -> Result
    ) async throws -> Result {
        guard FileManager.default.fileExists(atPath: path) else { throw DataFileError.noSuchFile(path) }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hub311-geo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        let target = folder.appendingPathComponent("converted.geojsonl").path
        // An absolute path can't be taken for an option or for one of GDAL's virtual or network sources.
        var source = URL(fileURLWithPath: path).standardizedFileURL.path
        var notes: [ShapefileParts.Note] = []
        var isRestoring = false
        if let parts = try ShapefileParts(path: path, system: system) {
            notes = parts.notes
            isRestoring = parts.wantsNewIndex
            if isRestoring { source = try parts.linked(into: folder) }
        }
        // Nine decimals are all we keep; -makevalid stays off, repair is ours to report; a bad feature doesn't end it.
        var arguments = [
            "-f", "GeoJSONSeq", "-lco", "COORDINATE_PRECISION=9", "-t_srs", "EPSG:4326", "-skipfailures",
        ]
        if let system { arguments += ["-s_srs", system] }
        arguments += [target, source.hasSuffix(".gz") ? "/vsigzip/" + source : source]
        if let layer = options.sourceLayer { arguments.append(layer) }
        notes += try await GDAL.run("ogr2ogr", arguments, encoding: options.sourceEncoding, restoringIndex: isRestoring)
        return try body(target, notes)
    }
}
