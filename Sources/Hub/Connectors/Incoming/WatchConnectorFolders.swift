import Domain
public import Foundation
import Logging
import Storage

/// Takes what departments put into their folders: files of finished work, and letters delivered as a maildir.
///
/// A file is taken once it has been quiet for some seconds, and moved when every row was dealt with: to `in/done`, or to `in/failed` with a
/// list of its faults beside it. Killed in between, it is taken again, and what was carried out has no effect the second time.
public struct WatchConnectorFolders: Sendable {
    private let surroundings: Surroundings
    private let quiet: TimeInterval

    /// A watcher.
    ///
    /// - Parameter quiet: Seconds for which a file must not have changed.
    public init(_ surroundings: Surroundings, quiet: TimeInterval = 10) {
        self.surroundings = surroundings
        self.quiet = quiet
    }

    /// Looks every thirty seconds until the task is cancelled.
    public func run() async {
        guard surroundings.connectors.folder != nil else { return }
        while !Task.isCancelled {
            await pass()
            try? await Task.sleep(for: .seconds(30))
        }
    }

    /// One look; only tenants that have a folder are looked at.
    public func pass() async {
        guard let root = surroundings.connectors.folder else { return }
        for name in ((try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []).sorted() {
            guard let id = JurisdictionID(rawValue: name) else { continue }
            do {
                guard let tenant = try await surroundings.directory.tenant(id) else { continue }
                for target in tenant.configuration.forwarding
                where target.isEnabled && target.terms.inbound?.readsFolder == true {
                    try await look(target, of: tenant, root: root)
                }
            } catch {
                surroundings.log.warning("folder not read", metadata: ["tenant": "\(id)", "fault": "\(error)"])
            }
        }
    }

    private func look(_ target: ForwardingTarget, of tenant: HostedTenant, root: URL) async throws {
        let folder = ConnectorFolder(below: root, tenant: tenant.id, target: target)
        // The file system's clock is the machine's, whatever the hub's clock is.
        let now = Date(timeIntervalSinceNow: 0)
        for file in folder.finishedFiles(in: folder.incoming, quiet: quiet, now: now) {
            try await take(file, folder, target, of: tenant)
        }
        for file in folder.finishedFiles(in: folder.letters, quiet: 0, now: now) {
            let bytes = Array(try Data(contentsOf: file).prefix(ReceiveLetter.largest))
            let answer = try await ReceiveLetter(surroundings, tenant: tenant, target: target)(bytes)
            note(target, of: tenant, "letter \(answer.result.rawValue)")
            // Read letters keep their name with the mark of a maildir for "seen".
            try move(file, to: folder.readLetters, as: file.lastPathComponent + ":2,S")
        }
    }

    private func take(
        _ file: URL,
        _ folder: ConnectorFolder,
        _ target: ForwardingTarget,
        of tenant: HostedTenant
    ) async throws {
        let report: ImportFinishedWork.Report
        do {
            report = try await ImportFinishedWork(surroundings, tenant: tenant, target: target)(path: file.path)
        } catch let fault as StorageError {
            // Ours: the file stays, and the next look takes it.
            throw fault
        } catch {
            var unreadable = ImportFinishedWork.Report()
            unreadable.add("\(error)")
            try finish(file, folder, unreadable)
            return note(target, of: tenant, "file unreadable")
        }
        try finish(file, folder, report)
        note(target, of: tenant, "file taken: \(report.summary)")
    }

    private func finish(_ file: URL, _ folder: ConnectorFolder, _ report: ImportFinishedWork.Report) throws {
        let done = folder.incoming.appendingPathComponent(report.isWhole ? "done" : "failed", isDirectory: true)
        let name = try move(file, to: done, as: file.lastPathComponent)
        guard !report.isWhole else { return }
        let faults = report.faults.joined(separator: "\n") + "\n"
        try Data(faults.utf8).write(to: done.appendingPathComponent(name + ".faults.txt"), options: .atomic)
    }

    /// Moves a file; one of that name that is there already stays, and this one gets a number.
    @discardableResult
    private func move(_ file: URL, to folder: URL, as name: String) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for number in 0..<1000 {
            let free = number == 0 ? name : "\(number)-\(name)"
            let place = folder.appendingPathComponent(free)
            guard !FileManager.default.fileExists(atPath: place.path) else { continue }
            try FileManager.default.moveItem(at: file, to: place)
            return free
        }
        throw CocoaError(.fileWriteFileExists, userInfo: [NSFilePathErrorKey: folder.path])
    }

    private func note(_ target: ForwardingTarget, of tenant: HostedTenant, _ what: String) {
        surroundings.log.notice(
            "from a connector's folder",
            metadata: ["tenant": "\(tenant.id)", "connector": "\(target.code)", "what": "\(what)"]
        )
    }
}
