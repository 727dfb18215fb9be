import DataFiles
import Domain
import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Brings any file GDAL can read to lines of GeoJSON in WGS 84, with `ogr2ogr`.
enum FileConversion {
    /// What has to be done before a file can be read.
    enum Plan {
        /// It is GeoJSON in WGS 84.
        case direct
        /// It must be converted; from a coordinate system, where one is named.
        case convert(from: String?)
    }

    /// How long a conversion may take.
    private static let patience = Duration.seconds(900)

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

    /// Converts a file into a temporary one, hands that to the body, and removes it.
    ///
    /// - Throws: ``DataFileError/conversion(_:)`` with what `ogr2ogr` said, in words a person can act on.
    static func withConverted<Result>(
        path: String,
        from system: String?,
        layer: String?,
        body: (String) throws -> Result
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
        let source = URL(fileURLWithPath: path).standardizedFileURL.path
        try await convert(
            source.hasSuffix(".gz") ? "/vsigzip/" + source : source,
            to: target,
            from: system,
            layer: layer
        )
        return try body(target)
    }

    private static func convert(_ source: String, to target: String, from system: String?, layer: String?) async throws
    {
        // Nine decimals are all we keep; -makevalid stays off, repair is ours to report.
        var arguments = ["-f", "GeoJSONSeq", "-lco", "COORDINATE_PRECISION=9", "-t_srs", "EPSG:4326"]
        if let system { arguments += ["-s_srs", system] }
        arguments += [target, source]
        if let layer { arguments.append(layer) }
        let given = Arguments(arguments)
        do {
            let (status, message) = try await withThrowingTaskGroup(of: (TerminationStatus, String)?.self) { group in
                group.addTask {
                    let result = try await run(
                        .name("ogr2ogr"),
                        arguments: given,
                        environment: .inherit.updating([
                            "PROJ_NETWORK": "OFF", "CPL_LOG_ERRORS": "ON", "LC_ALL": "C.UTF-8",
                        ]),
                        output: .discarded,
                        error: .string(limit: 1 << 20)
                    )
                    return (result.terminationStatus, result.standardError)
                }
                group.addTask {
                    try await Task.sleep(for: patience)
                    return nil
                }
                defer { group.cancelAll() }
                guard let first = try await group.next(), let outcome = first else {
                    throw DataFileError.conversion("ogr2ogr took longer than \(patience) and was stopped")
                }
                return outcome
            }
            guard status.isSuccess else { throw DataFileError.conversion(explain(message)) }
        } catch let error as SubprocessError {
            throw DataFileError.conversion(
                error.code == .executableNotFound
                    ? "ogr2ogr isn't installed; install the package gdal-bin, or bring GeoJSON in WGS 84"
                    : "ogr2ogr could not be run (\(error))"
            )
        }
    }

    /// The first lines of what `ogr2ogr` said, with the remedy for the usual troubles.
    private static func explain(_ message: String) -> String {
        let lines = message.split(whereSeparator: \.isNewline).filter { !$0.isEmpty }
        var text = "ogr2ogr: " + lines.prefix(3).joined(separator: " ")
        if message.contains("source layer has no coordinate system") {
            text += "; name the file's coordinate system, EPSG:26917 say"
        } else if message.contains(".shx") {
            text += "; a shapefile needs its .shp, .shx, .dbf and .prj side by side"
        }
        return text.count > 1_000 ? String(text.prefix(1_000)) + "…" : text
    }
}
