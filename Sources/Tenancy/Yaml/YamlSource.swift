/// The text of a YAML file from which duplicate keys can be taken out.
struct YamlSource {
    /// What begins a key that was taken out; no file may use it.
    static let takenOut = "taken out, duplicate "

    private var lines: [[Unicode.Scalar]]
    private var count = 0

    init(_ text: String) {
        lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    }

    /// The text as it is now.
    var text: String {
        var joined = String.UnicodeScalarView()
        for (index, line) in lines.enumerated() {
            if index > 0 { joined.append("\n") }
            joined.append(contentsOf: line)
        }
        return String(joined)
    }

    /// Renames the next key of the same name and says where it stood; nil when it cannot be found.
    ///
    /// In a block the other key has the same column; in a flow mapping it may stand anywhere after the first.
    mutating func takeOutDuplicate(of key: String, after first: YamlMark) -> YamlMark? {
        let spellings = [key, "\"\(key)\"", "'\(key)'"].map { Array($0.unicodeScalars) }
        let flow = isInFlow(first)
        for index in (first.line - 1)..<lines.count {
            let line = lines[index]
            var columns: [Int]
            if flow {
                columns = Array(line.indices)
            } else {
                columns = index == first.line - 1 ? [] : [first.column - 1]
                // The first key of a list's item shares its line with a dash.
                columns = columns.filter { line.indices.contains($0) }
            }
            for column in columns where index > first.line - 1 || column > first.column - 1 {
                guard let length = keyLength(in: line, at: column, spellings, flow: flow) else { continue }
                count += 1
                let name = Array("\"\(Self.takenOut)\(count)\"".unicodeScalars)
                lines[index].replaceSubrange(column..<(column + length), with: name)
                return YamlMark(line: index + 1, column: column + 1)
            }
        }
        return nil
    }

    private func isInFlow(_ mark: YamlMark) -> Bool {
        let line = lines[mark.line - 1]
        let before = line.prefix(mark.column - 1)
        return before.contains { $0 == "{" || $0 == "," || $0 == "[" }
            || !before.allSatisfy { $0 == " " || $0 == "-" }
    }

    private func keyLength(
        in line: [Unicode.Scalar],
        at column: Int,
        _ spellings: [[Unicode.Scalar]],
        flow: Bool
    ) -> Int? {
        if flow, column > 0, !" {,".unicodeScalars.contains(line[column - 1]) {
            return nil
        }
        for spelling in spellings where line[column...].starts(with: spelling) {
            let rest = line[(column + spelling.count)...].drop { $0 == " " }
            if rest.first == ":" {
                return spelling.count
            }
        }
        return nil
    }
}
