internal import Foundation
internal import Glibc
internal import Hub

/// Puts a file into a folder that somebody else fetches from: whole or not at all.
///
/// Written under a name that begins with a point, flushed to the disk, then renamed: whoever lists the folder never sees half a file. Every
/// folder on the way is opened by hand without following links, so an account that may write there cannot send us elsewhere.
/// A file of the name that is there already is this one, left by an attempt that died before it could say so.
struct FileDrop: Sendable {
    func callAsFunction(_ file: OutsideFile) async -> OutsideOutcome {
        do throws(Fault) {
            try Self.drop(file)
            return .taken(remoteID: nil, token: nil)
        } catch {
            // Nothing has the name before the rename: it surely has not arrived.
            return .notArrived(error.reason, retryAfter: nil, asked: true)
        }
    }

    private struct Fault: Error {
        let reason: String

        init(_ what: String) { reason = "\(what): \(String(cString: strerror(errno)))" }

        init(plain reason: String) { self.reason = reason }
    }

    private static func drop(_ file: OutsideFile) throws(Fault) {
        let names = file.folders + [file.name]
        guard names.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") && !$0.contains("/") && !$0.contains("\0") }) else {
            throw Fault(plain: "a folder or file has an ill-formed name")
        }
        // 0 or -1 with EEXIST: it is there
        mkdir(file.root.path, 0o750)
        var folder = open(file.root.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Fault("the folder of connectors cannot be opened") }
        defer { close(folder) }
        for name in file.folders {
            // 0 or -1 with EEXIST: it is there
            mkdirat(folder, name, 0o770)
            let next = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard next >= 0 else { throw Fault("the folder \(name) cannot be opened") }
            close(folder)
            folder = next
        }
        var facts = stat()
        // 0: there is one of this name
        if fstatat(folder, file.name, &facts, AT_SYMLINK_NOFOLLOW) == 0 {
            guard facts.st_mode & S_IFMT == S_IFREG else { throw Fault(plain: "\(file.name) is there and no file") }
            return
        }
        let partial = ".\(file.name).partial"
        // 0, or -1 with ENOENT: nothing was left behind
        unlinkat(folder, partial, 0)
        try write(file.bytes, partial, in: folder)
        // 0 on success, -1 and errno on failure
        guard renameat(folder, partial, folder, file.name) == 0 else {
            let fault = Fault("the file could not be given its name")
            unlinkat(folder, partial, 0)
            throw fault
        }
        // The name is on the disk too; a failure here costs a repetition under the same name at most.
        fsync(folder)
    }

    private static func write(_ bytes: [UInt8], _ name: String, in folder: Int32) throws(Fault) {
        let handle = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o640)
        guard handle >= 0 else { throw Fault("the file cannot be made") }
        var rest = bytes[...]
        while !rest.isEmpty {
            // bytes written, -1 failure
            let count = rest.withUnsafeBytes { Glibc.write(handle, $0.baseAddress, $0.count) }
            guard count > 0 else {
                let fault = Fault("the file cannot be written")
                close(handle)
                unlinkat(folder, name, 0)
                throw fault
            }
            rest = rest.dropFirst(count)
        }
        // 0 on success, -1 and errno on failure
        guard fsync(handle) == 0 else {
            let fault = Fault("the file cannot be kept")
            close(handle)
            unlinkat(folder, name, 0)
            throw fault
        }
        close(handle)
    }
}
