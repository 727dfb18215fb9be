/// One statement: text written in the source code, with the values apart from it.
///
/// ```swift
/// let statement: SQL = "SELECT due_at FROM service_request WHERE service_request_id = \(id)"
/// ```
/// A `String` variable cannot become part of the text: literals are `StaticString`, and everything interpolated
/// becomes a bound value (`$1`, `$2`, …), a checked and quoted identifier, or another `SQL`.
public struct SQL: Sendable {
    enum Piece: Sendable {
        case text(String)
        case secret(String)
        case bind(PostgresBind)
    }

    var pieces: [Piece]

    /// The first thing wrong with what was interpolated; thrown when the statement is sent.
    var fault: PostgresError?

    init(pieces: [Piece], fault: PostgresError? = nil) {
        self.pieces = pieces
        self.fault = fault
    }

    /// A statement from a file of the program: the runner of migrations and the connection's own commands only.
    init(programText text: String) {
        self.init(pieces: [.text(text)])
    }

    /// Two fragments one after the other.
    public static func + (left: SQL, right: SQL) -> SQL {
        SQL(pieces: left.pieces + right.pieces, fault: left.fault ?? right.fault)
    }

    /// Text with numbered places, the values in that order, and the text for the log.
    func rendered() -> (text: String, binds: [PostgresBind], logText: String) {
        var text = ""
        var binds: [PostgresBind] = []
        var hasSecret = false
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .secret(let part):
                text += part
                hasSecret = true
            case .bind(let bind):
                binds.append(bind)
                text += "$\(binds.count)"
            }
        }
        return (text, binds, hasSecret ? logText : text)
    }

    private var logText: String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .secret: text += "'…'"
            case .bind: text += "$"
            }
        }
        return text
    }
}

extension Sequence<SQL> {
    /// The fragments one after the other with a separator between, for lists of conditions or columns.
    public func joined(separator: SQL) -> SQL {
        var result = SQL(pieces: [])
        for (index, fragment) in enumerated() {
            result = index == 0 ? fragment : result + separator + fragment
        }
        return result
    }
}

/// A value bound to a place of a statement.
struct PostgresBind: Sendable {
    let type: PostgresType
    let bytes: [UInt8]?
}
