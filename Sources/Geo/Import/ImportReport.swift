public import Domain
import Foundation

/// What an import found: how much was read, what was refused, what was repaired.
public struct ImportReport: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The file, as it was named.
    public var source: String
    /// Features met, sound or not.
    public var read = 0
    /// Features accepted.
    public var accepted = 0
    /// Vertices of the accepted features.
    public var vertices = 0
    /// Accepted features of each layer.
    public var layers: [String: Int] = [:]
    /// Everything worth a word, in the order of the file.
    public var findings: [ImportFinding] = []
    /// Findings past the limit, counted only.
    public var findingsNotListed = 0
    /// Shapes that were mended.
    public var repairs: [ImportRepair] = []

    /// An empty report on a file.
    public init(source: String) { self.source = source }

    /// Findings that mean a feature was refused.
    public var errors: [ImportFinding] { findings.filter { $0.severity == .error } }

    /// Whether every feature was accepted and no finding is an error.
    public var isClean: Bool { errors.isEmpty && findingsNotListed == 0 && accepted == read }

    mutating func add(_ finding: ImportFinding, limit: Int) {
        if findings.count < limit { findings.append(finding) } else { findingsNotListed += 1 }
    }

    /// The report for a person, one line for each thing.
    public var description: String {
        var lines = ["\(source): \(accepted) of \(read) features accepted, \(vertices) vertices"]
        for (layer, count) in layers.sorted(by: { $0.key < $1.key }) { lines.append("  \(layer): \(count)") }
        lines += findings.map { "  \($0)" }
        if findingsNotListed > 0 { lines.append("  and \(findingsNotListed) more findings") }
        lines += repairs.map { "  \($0)" }
        return lines.joined(separator: "\n")
    }

    private enum CodingKeys: String, CodingKey {
        case source, read, accepted, vertices, layers, findings, repairs
        case findingsNotListed = "findings_not_listed"
    }
}

/// One thing the import noticed.
public struct ImportFinding: Sendable, Hashable, Codable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable, Codable {
        /// The feature was refused.
        case error
        /// The feature was taken, but somebody should look.
        case warning
        /// For information.
        case note
    }

    /// What kind of thing.
    public enum Code: String, Sendable, Hashable, Codable {
        /// Broken JSON.
        case json
        /// Not a polygon, or not a line where roads are wanted.
        case geometryType = "geometry_type"
        /// Nothing inside.
        case empty
        /// Larger than anything sensible.
        case enormous
        /// A coordinate that is not on the earth.
        case offEarth = "off_earth"
        /// Latitude and longitude look swapped.
        case swapped
        /// Far from everything else in the file.
        case misplaced
        /// Text that is not in UTF-8.
        case encoding
        /// A part of the file is missing, or broken.
        case damaged
        /// Coordinates in a system other than WGS 84.
        case coordinateSystem = "coordinate_system"
        /// A property is missing or can't be used.
        case property
        /// An id for the second time.
        case duplicate
        /// A shape that could not be made valid.
        case invalid
        /// The file was converted first.
        case converted
    }

    /// How bad it is.
    public let severity: Severity
    /// What kind of thing.
    public let code: Code
    /// Number of the feature in the file, from 1.
    public let feature: Int?
    /// Line of the file where the feature starts, from 1.
    public let line: Int?
    /// The feature's id where it could be read.
    public let id: String?
    /// What is wrong.
    public let fault: String
    /// What would be right; empty when the fault says it all.
    public let expected: String

    /// One line: severity, place, fault, remedy.
    public var description: String {
        var text = severity.rawValue
        if let feature { text += " in feature \(feature)" }
        if let line { text += " (line \(line))" }
        if let id { text += " \(id)" }
        text += ": \(fault)"
        return expected.isEmpty ? text : text + "; expected \(expected)"
    }
}

/// One shape that was mended, with what changed.
public struct ImportRepair: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Number of the feature in the file, from 1.
    public let feature: Int
    /// Layer of the area.
    public let layer: LayerName
    /// Id of the area.
    public let id: AreaID
    /// What was wrong, in the words of GEOS.
    public let reason: String
    /// Where, if that is one place.
    public let place: Coordinate?
    /// Surface before in square metres, as far as an invalid shape has one.
    public let squareMetresBefore: Double
    /// Surface after in square metres.
    public let squareMetresAfter: Double
    /// Vertices before.
    public let verticesBefore: Int
    /// Vertices after.
    public let verticesAfter: Int

    /// One line: area, reason, place, change of surface.
    public var description: String {
        let place = place.map { " at \($0)" } ?? ""
        let change = squareMetresAfter - squareMetresBefore
        return "repaired \(layer) \(id): \(reason)\(place); \(verticesBefore) → \(verticesAfter) vertices, "
            + "\(Self.metres(squareMetresBefore)) → \(Self.metres(squareMetresAfter)) m² (\(Self.metres(change, signed: true)))"
    }

    private static func metres(_ value: Double, signed: Bool = false) -> String {
        String(format: signed ? "%+.1f" : "%.1f", value)
    }

    private enum CodingKeys: String, CodingKey {
        case feature, layer, id, reason, place
        case squareMetresBefore = "square_metres_before"
        case squareMetresAfter = "square_metres_after"
        case verticesBefore = "vertices_before"
        case verticesAfter = "vertices_after"
    }
}
