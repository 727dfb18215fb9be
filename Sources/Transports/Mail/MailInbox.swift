public import Foundation
public import Hub
public import Logging
public import Mail

/// A folder into which the mail server puts what comes in, one file for each mail, as a Maildir does.
///
/// Every file is read once: reports of failed mails are taken, and the file is moved to `done` beside it, or to `left` when it was no
/// report of ours. Other readers of the same folder (replies to a department) may be asked first.
public struct MailInbox: Sendable {
    /// Takes a mail that is no report of ours; whether it did.
    public typealias Reader = @Sendable (ReceivedMail) async throws -> Bool

    private let folder: URL
    private let surroundings: Surroundings
    private let reader: Reader?

    /// A folder; with `new` in it (a Maildir) that one is read.
    public init(_ folder: URL, surroundings: Surroundings, reader: Reader? = nil) {
        self.folder = folder
        self.surroundings = surroundings
        self.reader = reader
    }

    /// Looks every ten seconds until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            await pass()
            try? await Task.sleep(for: .seconds(10))
        }
    }

    /// Reads what lies there now; how many mails were taken.
    @discardableResult
    public func pass() async -> Int {
        let files = FileManager.default
        let new = folder.appendingPathComponent("new", isDirectory: true)
        let source = files.fileExists(atPath: new.path) ? new : folder
        var taken = 0
        for name in ((try? files.contentsOfDirectory(atPath: source.path)) ?? []).sorted() where !name.hasPrefix(".") {
            let file = source.appendingPathComponent(name)
            guard (try? file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true,
                let bytes = try? Data(contentsOf: file)
            else { continue }
            do {
                let wasTaken = try await take(ReceivedMail(bytes))
                taken += wasTaken ? 1 : 0
                try move(file, to: wasTaken ? "done" : "left")
            } catch {
                // The database is away, or the folder cannot be written: the file stays for the next look.
                surroundings.log.warning("a mail that came in was not read", metadata: ["fault": "\(error)"])
            }
        }
        return taken
    }

    private func take(_ mail: ReceivedMail) async throws -> Bool {
        if try await HearBounce(surroundings).take(mail) { return true }
        return try await reader?(mail) ?? false
    }

    private func move(_ file: URL, to name: String) throws {
        let target = folder.appendingPathComponent(name, isDirectory: true)
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        let place = target.appendingPathComponent(file.lastPathComponent)
        try? FileManager.default.removeItem(at: place)
        try FileManager.default.moveItem(at: file, to: place)
    }
}
