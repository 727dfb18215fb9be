public import Domain
public import Foundation

/// The folders of one connector below the deployment's folder: what an SFTP account of the department is shown.
///
/// `<folder>/<tenant>/<connector>/` with `out/` (files for the department), `in/` (finished work from it; `in/done`, `in/failed` afterwards),
/// `mail/new` and `mail/cur` (letters, as a maildir) and `lists/` (what the department says it has, for the reconciliation).
public struct ConnectorFolder: Sendable {
    /// The connector's own folder.
    public let root: URL

    /// The folders of a connector.
    public init(below folder: URL, tenant: JurisdictionID, target: ForwardingTarget) {
        root =
            folder
            .appendingPathComponent(tenant.rawValue, isDirectory: true)
            .appendingPathComponent(target.kind == .file ? target.endpoint : target.code, isDirectory: true)
    }

    /// Files for the department.
    public var outgoing: URL { root.appendingPathComponent("out", isDirectory: true) }
    /// Finished work from the department.
    public var incoming: URL { root.appendingPathComponent("in", isDirectory: true) }
    /// Letters that have come.
    public var letters: URL { root.appendingPathComponent("mail/new", isDirectory: true) }
    /// Letters that were read.
    public var readLetters: URL { root.appendingPathComponent("mail/cur", isDirectory: true) }

    /// What the department says it was given on a day.
    public func list(of day: CalendarDay) -> URL { root.appendingPathComponent("lists/received-\(day).csv") }

    /// Plain files of a folder that somebody has finished writing, the oldest name first.
    ///
    /// Names that begin with a point or end like a transfer under way are left alone, and so is what changed within the last `quiet`
    /// seconds; a link is no plain file.
    func finishedFiles(in folder: URL, quiet: TimeInterval, now: Date) -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().prefix(1000).compactMap { name in
            let isUnderWay = [".partial", ".part", ".tmp", ".filepart"].contains { name.hasSuffix($0) }
            guard !name.hasPrefix("."), !isUnderWay else { return nil }
            let file = folder.appendingPathComponent(name)
            guard let facts = try? FileManager.default.attributesOfItem(atPath: file.path),
                facts[.type] as? FileAttributeType == .typeRegular,
                let changed = facts[.modificationDate] as? Date, now.timeIntervalSince(changed) >= quiet
            else { return nil }
            return file
        }
    }
}
