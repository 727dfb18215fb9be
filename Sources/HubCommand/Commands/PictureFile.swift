import ArgumentParser
import DataFiles
import Foundation
import Geo

/// A drawing on its way to a file: SVG as it is, or PNG.
enum PictureFile {
    /// Writes a drawing; to standard output when no file is named.
    ///
    /// - Throws: exit status 69 when PNG is wanted and nothing here can make it.
    static func write(_ svg: String, to path: String?) async throws {
        guard let path else {
            print(svg, terminator: "")
            return
        }
        guard path.lowercased().hasSuffix(".png") else {
            try svg.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        do {
            try await Rasterizer.png(svg, to: path)
        } catch let fault as DataFileError {
            Progress.say("\(fault)")
            throw ExitCode.unavailable
        }
    }
}
