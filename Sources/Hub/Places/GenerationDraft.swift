public import Domain
public import Geo

/// A generation as its files say it, checked, with the region's decisions applied: ready to be stored, in force nowhere.
public struct GenerationDraft: Sendable {
    /// The areas that were accepted.
    public private(set) var areas: [BoundaryFeature] = []

    /// The road segments that were accepted.
    public private(set) var roads: [RoadSegment] = []

    /// The assets that were accepted.
    public private(set) var assets: [Asset] = []

    /// What happened to the files, and what the check of the whole found.
    public private(set) var report = GenerationReport(imports: [], check: nil)

    /// Ground that the decisions settle.
    public private(set) var decided: [DecidedGround] = []

    /// Reads files and checks what they say together.
    ///
    /// - Parameters:
    ///   - assetPaths: Files of assets.
    ///   - kind: Kind of every asset; nil: as the files say.
    ///   - decisions: What the region decided about gaps and overlaps.
    ///   - progress: Called with a line whenever there is something to say.
    /// - Throws: ``DataFileError`` for a file that can't be read at all, ``GeometryFault`` when GEOS gives up.
    public static func read(
        areas areaPaths: [String],
        roads roadPaths: [String],
        assets assetPaths: [String] = [],
        kind: AssetKind? = nil,
        options: ImportOptions = ImportOptions(),
        decisions: [BoundaryDecision] = [],
        progress: (String) -> Void = { _ in }
    ) async throws -> GenerationDraft {
        var draft = GenerationDraft()
        for path in areaPaths {
            let read = try await BoundaryImport(options).read(path: path) {
                progress("\(path): \($0.features) features, \($0.percent) %")
            }
            draft.areas += read.features
            draft.report.imports.append(read.report)
        }
        for path in roadPaths {
            let read = try await RoadImport(options).read(path: path) {
                progress("\(path): \($0.features) segments, \($0.percent) %")
            }
            draft.roads += read.roads
            draft.report.imports.append(read.report)
        }
        for path in assetPaths {
            let read = try await AssetImport(options, kind: kind).read(path: path) {
                progress("\(path): \($0.features) assets, \($0.percent) %")
            }
            draft.assets += read.assets
            draft.report.imports.append(read.report)
        }
        var check = try BoundaryCheck()(draft.areas, imports: draft.report.imports, progress: progress)
        draft.decided = try DecisionMatching(decisions)(&check, features: draft.areas)
        draft.report.check = check
        return draft
    }
}

/// What a generation's import and check found; stored with it.
public struct GenerationReport: Sendable, Hashable, Codable {
    /// One report for each file.
    public var imports: [ImportReport]

    /// What the check found; nil in generations of before there was one.
    public var check: BoundaryCheckReport?

    /// Who let it pass although files had errors; nil when none had, or nobody did.
    public var errorsAcceptedBy: String?

    /// A report of its parts.
    public init(imports: [ImportReport], check: BoundaryCheckReport?, errorsAcceptedBy: String? = nil) {
        self.imports = imports
        self.check = check
        self.errorsAcceptedBy = errorsAcceptedBy
    }

    /// What forbids that the generation is ever in force; empty when nothing does.
    public var obstacles: [String] {
        var obstacles: [String] = []
        for report in imports where !report.errors.isEmpty && errorsAcceptedBy == nil {
            obstacles.append("\(report.source): \(report.errors.count) error(s), the first: \(report.errors[0])")
        }
        for finding in check?.open(.blocks) ?? [] {
            let owners = finding.owners.map(\.id.rawValue).joined(separator: ", ")
            obstacles.append("\(finding.id): \(owners): \(finding.remark)")
        }
        return obstacles
    }

    private enum CodingKeys: String, CodingKey {
        case imports, check
        case errorsAcceptedBy = "errors_accepted_by"
    }
}
