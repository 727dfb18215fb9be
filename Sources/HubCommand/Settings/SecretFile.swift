import Foundation
import Storage

/// The deployment's secret in a file that only the service's user can read; made at the first start.
struct SecretFile {
    private let url: URL

    init(_ url: URL) {
        self.url = url
    }

    /// Reads the secret, or makes one; two that start at once end with the same.
    func readOrMake() throws -> DeploymentSecret {
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        let text = DeploymentSecret.newText()
        let file = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if file >= 0 {
            let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
            try handle.write(contentsOf: Data((text + "\n").utf8))
            try handle.synchronize()
        } else if errno != EEXIST {
            throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: url.path])
        }
        let read = try String(contentsOf: url, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        return try DeploymentSecret(read)
    }
}
