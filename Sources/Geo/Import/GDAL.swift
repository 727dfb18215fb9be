import DataFiles
import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Runs one of GDAL's programs and puts what it says into words a person can act on.
enum GDAL {
    /// How long a conversion may take.
    private static let patience = Duration.seconds(900)

    /// Complaints handed on from one run; GDAL repeats itself.
    private static let complaintsKept = 20

    /// Runs a program to its end.
    ///
    /// - Returns: What it complained of although it came through: features it could not convert, parts it could not read.
    /// - Throws: ``DataFileError/conversion(_:)``.
    static func run(
        _ program: String,
        _ arguments: [String],
        encoding: String? = nil,
        restoringIndex: Bool = false
    ) async throws -> [ShapefileParts.Note] {
        let given = Arguments(arguments)
        var settings: [Environment.Key: String?] = [
            "PROJ_NETWORK": "OFF", "CPL_LOG_ERRORS": "ON", "LC_ALL": "C.UTF-8",
        ]
        // Never otherwise: it would write beside the file it was given.
        if restoringIndex { settings["SHAPE_RESTORE_SHX"] = "YES" }
        if let encoding { settings["SHAPE_ENCODING"] = encoding }
        let environment = Environment.inherit.updating(settings)
        do {
            let (status, message) = try await withThrowingTaskGroup(of: (TerminationStatus, String)?.self) { group in
                group.addTask {
                    let result = try await Subprocess.run(
                        .name(program),
                        arguments: given,
                        environment: environment,
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
                    throw DataFileError.conversion("\(program) took longer than \(patience) and was stopped")
                }
                return outcome
            }
            let said = sentences(message)
            guard status.isSuccess, !said.contains(where: { $0.contains("coordinate system") }) else {
                throw DataFileError.conversion(explain(said, program))
            }
            return said.prefix(complaintsKept).map {
                ShapefileParts.Note(severity: .error, code: .damaged, fault: "\(program): \($0)", expected: "")
            }
        } catch let error as SubprocessError {
            throw DataFileError.conversion(
                error.code == .executableNotFound
                    ? "\(program) isn't installed; install the package gdal-bin, or bring GeoJSON in WGS 84"
                    : "\(program) could not be run (\(error))"
            )
        }
    }

    /// What GDAL complained of, each once, without its list of drivers.
    private static func sentences(_ message: String) -> [String] {
        var said: [String] = []
        var isContinued = false
        for line in message.split(whereSeparator: \.isNewline).map(String.init) {
            if line.hasPrefix("  ->") || line.hasPrefix("FAILURE") || line.hasPrefix("Warning") {
                isContinued = false
            } else if let colon = line.range(of: ": "), line.hasPrefix("ERROR") {
                said.append(String(line[colon.upperBound...]))
                isContinued = true
            } else if isContinued, !said.isEmpty, !line.hasPrefix("Unable to open datasource") {
                said[said.count - 1] += " " + line
            } else {
                said.append(line)
                isContinued = false
            }
        }
        var known: Set<String> = []
        return said.filter { known.insert($0).inserted }
    }

    private static func explain(_ said: [String], _ program: String) -> String {
        var text = "\(program): " + said.prefix(3).joined(separator: "; ")
        if said.contains(where: { $0.contains("coordinate system") }) {
            text += "; name the file's coordinate system (--crs EPSG:26917, say): it states none that can be understood"
        } else if said.contains(where: { $0.contains(".shx") || $0.contains(".shp") }) {
            text += "; a shapefile needs its .shp, .shx, .dbf and .prj side by side, each of them whole"
        }
        return text.count > 1_000 ? String(text.prefix(1_000)) + "…" : text
    }
}
