import DataFiles
import Domain
import Foundation

/// A file of features in any format: converted where its format or coordinate system asks for that, then read feature by feature.
///
/// What areas, roads and assets have in common. Whoever reads gets each feature that is sound JSON with the session to complain to;
/// broken ones were reported before, and never cost the others.
struct FeatureFile {
    /// What is done with one feature.
    typealias Body = (ParsedFeature, FeatureOrigin, inout ImportSession) -> Void

    let path: String
    let options: ImportOptions

    /// Reads the file, whatever it is.
    ///
    /// - Returns: The session with everything noted so far; ``FeatureCollector/finish(_:)`` completes its report.
    /// - Throws: ``DataFileError`` when the file as a whole can't be read.
    func read(progress: (ImportProgress) -> Void, body: Body) async throws -> ImportSession {
        guard case .convert(let from) = try FileConversion.plan(path: path, options: options) else {
            return try readGeoJSON(progress: progress, body: body)
        }
        return try await FileConversion.withConverted(path: path, from: from, options: options) { converted, notes in
            var session = ImportSession(source: path, findingLimit: options.findingLimit)
            session.note(
                .note,
                .converted,
                "converted \(from.map { "from \($0) " } ?? "")to WGS 84 by ogr2ogr; lines are those of the conversion"
            )
            for note in notes { session.note(note.severity, note.code, note.fault, expected: note.expected) }
            try FeatureFile(path: converted, options: options).read(into: &session, progress: progress, body: body)
            if session.report.read == 0, let reason = notes.last(where: { $0.severity == .error }) {
                throw DataFileError.conversion(reason.fault)
            }
            return session
        }
    }

    /// Reads GeoJSON in WGS 84: a collection, lines, or one object, plain or gzip.
    func readGeoJSON(progress: (ImportProgress) -> Void, body: Body) throws -> ImportSession {
        var session = ImportSession(source: path, findingLimit: options.findingLimit)
        try read(into: &session, progress: progress, body: body)
        return session
    }

    private func read(
        into session: inout ImportSession,
        progress: (ImportProgress) -> Void,
        body: Body
    ) throws {
        var read = 0
        var isPlainUTF8 = true
        let system = try GeoJSONReader(path: path, largestFeature: options.largestFeature).read { bytes, total in
            progress(ImportProgress(bytesRead: bytes, bytesTotal: total, features: read, vertices: 0))
        } body: { item, number, line in
            if number != nil { read += 1 }
            let origin = FeatureOrigin(number: number ?? 0, line: line)
            switch item {
            case .fault(let message):
                session.noteBroken(message, feature: number, line: line)
            case .feature(let parsed):
                if !parsed.isUTF8, isPlainUTF8 {
                    isPlainUTF8 = false
                    session.note(
                        .warning,
                        .encoding,
                        at: origin,
                        "text is not UTF-8 here; it and all that follows like it is read as Windows-1252 (Latin-1)",
                        expected: "UTF-8"
                    )
                }
                body(parsed, origin, &session)
            }
        }
        session.report.read += read
        session.judge(coordinateSystem: system)
    }
}
