import Foundation
import Yams

/// Reads one YAML file into nodes with places, within limits.
///
/// Refused, each with its place: files over ``largestSize``, text that is not UTF-8, control characters, tabs that indent, more than one document,
/// anchors and aliases (each line says what it means, and no bomb can unfold), keys that are no text, duplicate keys, deep nesting.
struct YamlFile {
    /// Largest file, in bytes; the largest template has a tenth of it.
    static let largestSize = 2_000_000

    /// Deepest nesting of values.
    static let deepest = 24

    /// Most words that look like aliases; none is allowed in the end, but a few are worth a fault with its line.
    static let mostAliases = 20

    /// The file as faults name it.
    let name: String

    private let faults: FaultList

    init(name: String, faults: FaultList) {
        self.name = name
        self.faults = faults
    }

    /// Reads a file of the disk; nil when there is a fault that leaves nothing to read.
    func read(path: String) -> YamlNode? {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            faults.add(FileFault(file: name, message: "the file is missing"))
            return nil
        }
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved),
            attributes[.type] as? FileAttributeType == .typeRegular
        else {
            faults.add(FileFault(file: name, message: "is not a regular file"))
            return nil
        }
        let size = attributes[.size] as? Int ?? 0
        guard size <= Self.largestSize else {
            addTooLarge(size)
            return nil
        }
        guard let data = FileManager.default.contents(atPath: resolved) else {
            faults.add(FileFault(file: name, message: "cannot be read; check its permissions"))
            return nil
        }
        return read(bytes: Array(data))
    }

    /// Reads the bytes of a file; nil when there is a fault that leaves nothing to read.
    func read(bytes: [UInt8]) -> YamlNode? {
        guard bytes.count <= Self.largestSize else {
            addTooLarge(bytes.count)
            return nil
        }
        guard var text = String(validating: bytes, as: UTF8.self) else {
            let line = lineOfInvalidUTF8(bytes)
            faults.add(FileFault(file: name, line: line, message: "is not UTF-8 text from this line on"))
            return nil
        }
        if text.unicodeScalars.first == "\u{FEFF}" {
            text.unicodeScalars.removeFirst()
        }
        guard hasPlainCharacters(text) else { return nil }
        return parse(text)
    }

    private func addTooLarge(_ size: Int) {
        faults.add(
            FileFault(file: name, message: "has \(size) bytes; a file of this kind may have \(Self.largestSize)")
        )
    }

    private func lineOfInvalidUTF8(_ bytes: [UInt8]) -> Int {
        var line = 1
        for part in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            if String(validating: part, as: UTF8.self) == nil {
                return line
            }
            line += 1
        }
        return line
    }

    /// Looks for what YAML forbids or what people cannot see, and says where.
    private func hasPlainCharacters(_ text: String) -> Bool {
        let before = faults.count
        var aliases = 0
        for (index, slice) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        {
            let line = Array(slice)
            let indent = line.prefix { $0 == " " || $0 == "\t" }.count
            if let tab = line[..<indent].firstIndex(of: "\t"), indent < line.count {
                faults.add(name, YamlMark(line: index + 1, column: tab + 1), "a tab indents this line; use blanks")
            }
            if let wrong = line.indices.first(where: { Self.isForbidden(line[$0], isLast: $0 == line.count - 1) }) {
                let code = String(line[wrong].value, radix: 16, uppercase: true)
                let mark = YamlMark(line: index + 1, column: wrong + 1)
                faults.add(name, mark, "contains the control character U+\(code)")
            }
            aliases += line.indices.count { place in
                line[place] == "*" && place + 1 < line.count && line[place + 1].properties.isAlphabetic
                    && (place == 0 || " [{,:-?".unicodeScalars.contains(line[place - 1]))
            }
        }
        if aliases > Self.mostAliases {
            // Looked at before parsing, because the parser itself compares keys and would unfold them.
            faults.add(FileFault(file: name, message: "has \(aliases) aliases (*); write the values out"))
        }
        return faults.count == before
    }

    private static func isForbidden(_ scalar: Unicode.Scalar, isLast: Bool) -> Bool {
        if scalar == "\r" { return !isLast }
        return (scalar.value < 32 && scalar != "\t") || scalar.value == 127 || (128...159).contains(scalar.value)
            || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            || scalar.value == 0xFFFE || scalar.value == 0xFFFF || scalar.value == 0xFEFF
    }

    /// Parses; every time the parser stops at a duplicate key, notes it, takes it out and goes on, so that one fault hides no other.
    private func parse(_ text: String) -> YamlNode? {
        var source = YamlSource(text)
        for _ in 0...50 {
            do {
                // No guessing of types: scalars stay text, and comparing keys stays cheap.
                let parser = try Yams.Parser(yaml: source.text, resolver: .basic)
                guard let root = try parser.singleRoot() else {
                    faults.add(FileFault(file: name, message: "is empty"))
                    return nil
                }
                var conversion = YamlConversion(file: name, faults: faults)
                // Nodes hold their anchors weakly; the parser owns them.
                return withExtendedLifetime(parser) { conversion.node(root, depth: 0) }
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                let first = YamlMark(line: context.mark.line, column: context.mark.column)
                let key = keys.first ?? ""
                guard let again = source.takeOutDuplicate(of: key, after: first) else {
                    faults.add(name, first, "the key \"\(key)\" is written twice")
                    return nil
                }
                faults.add(name, again, "the key \"\(key)\" is written twice; it was first on line \(first.line)")
            } catch {
                add(error)
                return nil
            }
        }
        return nil
    }

    private func add(_ error: any Error) {
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _),
            YamlError.composer(let context, let problem, let mark, _):
            let place = YamlMark(line: mark.line, column: mark.column)
            let during = context.map { " \($0.text) that begins on line \($0.mark.line)" } ?? ""
            faults.add(name, place, "is not YAML: \(problem)\(during)")
        case YamlError.reader(let problem, _, _, _):
            faults.add(FileFault(file: name, message: "is not YAML: \(problem)"))
        default:
            faults.add(FileFault(file: name, message: "is not YAML"))
        }
    }
}
