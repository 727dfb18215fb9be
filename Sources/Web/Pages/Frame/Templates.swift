import Foundation
import Mustache

/// The templates of the pages, read once at start.
struct Templates: Sendable {
    private let library: MustacheLibrary

    /// Reads every `.mustache` file below a folder; its name is its path without the ending, dots for slashes.
    ///
    /// - Throws: when a template has a fault: the service does not start with a page that cannot be shown.
    init(directory: URL) throws {
        var library = MustacheLibrary()
        guard let files = FileManager.default.enumerator(atPath: directory.path) else {
            throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: directory.path])
        }
        for case let path as String in files where path.hasSuffix(".mustache") {
            let text = try String(contentsOf: directory.appending(path: path), encoding: .utf8)
            try library.register(text, named: String(path.dropLast(".mustache".count)).replacing("/", with: "."))
        }
        self.library = library
    }

    /// Fills a template; nil when there is none of that name.
    ///
    /// - Parameter values: what the names of the template stand for, as ``TemplateValues`` makes it.
    func render(_ name: String, _ values: [String: Any]) -> String? {
        library.render(values, withTemplate: name)
    }
}
