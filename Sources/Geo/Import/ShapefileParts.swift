import DataFiles
import Foundation

/// The files that make up one shapefile, looked at before GDAL is: which are there, and whether they are whole.
///
/// Lengths are those each file's own header states (ESRI, *Shapefile Technical Description*, 1998; dBASE level 5).
struct ShapefileParts {
    /// Something about a part that a person should know; the import goes on.
    struct Note: Sendable {
        let severity: ImportFinding.Severity
        let code: ImportFinding.Code
        let fault: String
        let expected: String
    }

    /// Every part by its ending in small letters.
    private let parts: [String: String]
    private let name: String

    /// What is missing or cut short.
    private(set) var notes: [Note] = []
    /// Whether the index of shapes must be made anew.
    private(set) var wantsNewIndex = false

    /// Looks at the parts of a shapefile; nil when the path is none.
    ///
    /// - Parameter system: The coordinate system named with the import, which makes the `.prj` unnecessary.
    /// - Throws: ``DataFileError/conversion(_:)`` when a part is missing without which nothing can be read.
    init?(path: String, system: String?) throws {
        let file = URL(fileURLWithPath: path)
        guard file.pathExtension.lowercased() == "shp" else { return nil }
        let stem = file.deletingPathExtension().lastPathComponent
        let folder = file.deletingLastPathComponent()
        var parts: [String: String] = [:]
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
            let part = URL(fileURLWithPath: name)
            guard part.deletingPathExtension().lastPathComponent == stem else { continue }
            parts[part.pathExtension.lowercased()] = folder.appendingPathComponent(name).path
        }
        self.parts = parts
        name = stem
        if parts["dbf"] == nil {
            throw DataFileError.conversion(
                "\(stem).dbf is missing beside \(stem).shp: it holds the ids and names of the shapes"
            )
        }
        if parts["prj"] == nil, system == nil {
            throw DataFileError.conversion(
                "\(stem).prj is missing beside \(stem).shp, so nobody can tell in which coordinate system it is; "
                    + "bring it, or name the system (--crs EPSG:26917, say)"
            )
        }
        checkShapes()
        checkIndex()
        checkTable()
    }

    private mutating func checkShapes() {
        guard let path = parts["shp"], let (stated, actual) = Self.lengths(path, headerWordAt: 24), actual < stated
        else { return }
        notes.append(
            Note(
                severity: .error,
                code: .damaged,
                fault: "\(name).shp is cut short: \(actual) of \(stated) bytes; its last shapes are missing",
                expected: "the whole file"
            )
        )
    }

    private mutating func checkIndex() {
        if let path = parts["shx"], let (stated, actual) = Self.lengths(path, headerWordAt: 24), actual == stated {
            return
        }
        wantsNewIndex = true
        notes.append(
            Note(
                severity: .warning,
                code: .damaged,
                fault:
                    "\(name).shx is \(parts["shx"] == nil ? "missing" : "damaged"); it was made anew from \(name).shp",
                expected: "the .shp, .shx, .dbf and .prj side by side"
            )
        )
    }

    private mutating func checkTable() {
        guard let path = parts["dbf"], let header = Self.head(path, 12), header.count == 12 else { return }
        let records = (4..<8).reversed().reduce(0) { $0 << 8 | Int(header[$1]) }
        let headLength = Int(header[8]) | Int(header[9]) << 8
        let recordLength = Int(header[10]) | Int(header[11]) << 8
        let stated = headLength + records * recordLength
        guard let actual = Self.size(path), actual < stated else { return }
        notes.append(
            Note(
                severity: .error,
                code: .damaged,
                fault: "\(name).dbf is cut short: \(actual) of \(stated) bytes; its last rows are missing",
                expected: "the whole file"
            )
        )
    }

    /// Links every part but the index into a folder, where GDAL may write a new index without touching anybody's files.
    ///
    /// - Returns: Path of the shapefile there.
    func linked(into folder: URL) throws -> String {
        for (ending, path) in parts where ending != "shx" {
            let link = folder.appendingPathComponent("shapes.\(ending)")
            try FileManager.default.createSymbolicLink(
                at: link,
                withDestinationURL: URL(fileURLWithPath: path).standardizedFileURL
            )
        }
        return folder.appendingPathComponent("shapes.shp").path
    }

    /// Length in bytes that the header states (a big-endian count of 16-bit words) and the one the file has.
    private static func lengths(_ path: String, headerWordAt offset: Int) -> (stated: Int, actual: Int)? {
        guard let head = head(path, offset + 4), head.count == offset + 4, let actual = size(path) else { return nil }
        return ((offset..<offset + 4).reduce(0) { $0 << 8 | Int(head[$1]) } * 2, actual)
    }

    private static func head(_ path: String, _ count: Int) -> [UInt8]? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        return (try? file.read(upToCount: count)).map { Array($0) }
    }

    private static func size(_ path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.intValue
    }
}
