import Foundation

/// Names in a folder, sorted, without hidden ones.
enum FolderListing {
    /// Files with an extension.
    static func files(_ directory: String, ext: String) -> [String] {
        names(directory).filter { $0.hasSuffix("." + ext) && !isDirectory("\(directory)/\($0)") }
    }

    /// Folders.
    static func folders(_ directory: String) -> [String] {
        names(directory).filter { isDirectory("\(directory)/\($0)") }
    }

    /// Everything.
    static func names(_ directory: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    /// Whether a path is a folder.
    static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }
}
