/// A header with parameters taken apart: `multipart/form-data; boundary="x"`.
///
/// Source: RFC 9110 section 5.6.6. Browsers write file names with raw or percent-encoded quotes (WHATWG), others with a
/// backslash before them; both are read.
struct HeaderValue {
    /// What stands before the parameters, in lower case.
    let value: String

    /// Parameters by name in lower case; the first of equal ones counts.
    let parameters: [String: String]

    init(_ text: String) {
        var pieces: [String] = []
        var piece = ""
        var quoted = false
        var escaped = false
        for character in text {
            if escaped {
                // a backslash only hides quotes and itself, else it is part of a path
                if character != "\"" && character != "\\" { piece.append("\\") }
                piece.append(character)
                escaped = false
                continue
            }
            switch character {
            case "\\" where quoted: escaped = true
            case "\"": quoted.toggle()
            case ";" where !quoted:
                pieces.append(piece)
                piece = ""
            default: piece.append(character)
            }
        }
        pieces.append(piece)
        value = pieces[0].trimmed.lowercased()
        parameters = pieces.dropFirst().reduce(into: [:]) { known, piece in
            guard let equals = piece.firstIndex(of: "=") else { return }
            let name = piece[..<equals].trimmed.lowercased()
            if known[name] == nil { known[name] = piece[piece.index(after: equals)...].trimmed }
        }
    }
}
