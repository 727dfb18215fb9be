import Glibc

/// Keeps other programs out of the server's directory; the system gives it up with the process.
final class DirectoryLock: Sendable {
    private let file: Int32

    private init(_ file: Int32) {
        self.file = file
    }

    deinit {
        close(file)
    }

    /// Takes the lock, or nil when somebody else has it.
    static func take(_ path: String) throws(ServerFault) -> DirectoryLock? {
        // descriptor, -1 failed
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .lastError(path) }
        // 0 taken, -1 not
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            return nil
        }
        return DirectoryLock(file)
    }
}
