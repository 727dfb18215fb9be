public import DataFiles
import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Makes a PNG of a drawing with `vips`, which the hub has for photos anyway.
public enum Rasterizer {
    /// Writes a drawing as PNG, two dots for each unit of it.
    ///
    /// - Throws: ``DataFileError/conversion(_:)`` when `vips` isn't there or can't read SVG.
    public static func png(_ svg: String, to path: String) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hub311-svg-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        let drawing = folder.appendingPathComponent("drawing.svg").path
        try svg.write(toFile: drawing, atomically: true, encoding: .utf8)
        let target = URL(fileURLWithPath: path).standardizedFileURL.path
        let arguments = Arguments(["copy", drawing + "[scale=2]", target])
        do {
            let result = try await Subprocess.run(
                .name("vips"),
                arguments: arguments,
                output: .discarded,
                error: .string(limit: 1 << 16)
            )
            guard result.terminationStatus.isSuccess else {
                throw DataFileError.conversion("vips: \(result.standardError.prefix(300))")
            }
        } catch let error as SubprocessError {
            throw DataFileError.conversion(
                error.code == .executableNotFound
                    ? "vips isn't installed; install the package libvips-tools, or name a file ending in .svg"
                    : "vips could not be run (\(error))"
            )
        }
    }
}
