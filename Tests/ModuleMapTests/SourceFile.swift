import Foundation

/// One Swift file of ours with the modules it imports.
struct SourceFile: Sendable {
    /// The target whose folder holds the file.
    let target: String
    /// Path below the repository's root, for messages.
    let path: String
    /// The file's text.
    let text: String

    /// Each imported module with whether the import is public.
    var imports: [(module: String, isPublic: Bool)] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard let position = words.firstIndex(of: "import"), position + 1 < words.count else { return nil }
            let before = words[..<position]
            let allowed: Set<String> = ["public", "internal", "private", "fileprivate", "package", "@testable"]
            guard before.allSatisfy({ allowed.contains($0) || $0.hasPrefix("@") }) else { return nil }
            let kinds: Set<String> = ["struct", "class", "enum", "func", "var", "let", "protocol", "typealias"]
            let named = words[position + 1]
            let module = kinds.contains(named) && position + 2 < words.count ? words[position + 2] : named
            return (String(module.split(separator: ".")[0]), before.contains("public"))
        }
    }

    /// The repository's root, found from this file's own place.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file below `Sources`.
    static func all() throws -> [SourceFile] {
        let sources = root.appendingPathComponent("Sources")
        guard let walk = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil) else { return [] }
        var files: [SourceFile] = []
        while let found = walk.nextObject() as? URL {
            guard found.pathExtension == "swift" else { continue }
            let path = found.path.replacingOccurrences(of: root.path + "/", with: "")
            let target = String(path.split(separator: "/")[1])
            files.append(SourceFile(target: target, path: path, text: try String(contentsOf: found, encoding: .utf8)))
        }
        return files
    }
}
