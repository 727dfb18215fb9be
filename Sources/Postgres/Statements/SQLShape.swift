extension SQL {
    /// A statement without its values: what is prepared once and found again by comparing a few addresses.
    ///
    /// Most statements are made of literals of the source code, which lie at one address for the life of the program. So the
    /// text is put together only when a session prepares the statement, not each time it is sent.
    struct Shape: Sendable, Hashable {
        /// A piece of the text; nothing in it is counted by reference.
        enum Piece: Sendable {
            /// Words of the source code.
            case literal(StaticString)
            /// Words put together at run time, by their place in `texts`.
            case text(Int)
            /// The same, blanked in logs.
            case secret(Int)
            /// The place of a value.
            case value(PostgresType)
        }

        private(set) var pieces: [Piece] = []
        private var texts: [String] = []

        /// Types of the values, in order.
        var types: [UInt32] {
            pieces.compactMap { if case .value(let type) = $0 { type.rawValue } else { nil } }
        }

        /// True when the text holds something that may not be logged or prepared.
        private(set) var hasSecret = false

        /// The text with numbered places.
        var text: String {
            rendered {
                "$\($0)"
            } secret: {
                $0
            }
        }

        /// The text for the log: without secrets.
        var logText: String {
            hasSecret
                ? rendered { _ in
                    "$"
                } secret: { _ in
                    "'…'"
                } : text
        }

        /// Bytes of the text, nearly.
        var size: Int {
            pieces.reduce(0) { sum, piece in
                switch piece {
                case .literal(let words): sum + words.utf8CodeUnitCount
                case .text(let place), .secret(let place): sum + texts[place].utf8.count
                case .value: sum + 3
                }
            }
        }

        mutating func reserve(_ count: Int) { pieces.reserveCapacity(count) }

        mutating func append(literal: StaticString) {
            guard literal.hasPointerRepresentation else { return append(text: literal.description) }
            if literal.utf8CodeUnitCount > 0 { pieces.append(.literal(literal)) }
        }

        mutating func append(text: String) {
            pieces.append(.text(texts.count))
            texts.append(text)
        }

        mutating func append(secret: String) {
            pieces.append(.secret(texts.count))
            texts.append(secret)
            hasSecret = true
        }

        mutating func append(valueOf type: PostgresType) { pieces.append(.value(type)) }

        mutating func append(_ other: Shape) {
            if other.texts.isEmpty {
                pieces += other.pieces
            } else {
                pieces += other.pieces.map { piece in
                    switch piece {
                    case .text(let place): .text(place + texts.count)
                    case .secret(let place): .secret(place + texts.count)
                    case .literal, .value: piece
                    }
                }
                texts += other.texts
            }
            hasSecret = hasSecret || other.hasSecret
        }

        private func rendered(place: (Int) -> String, secret: (String) -> String) -> String {
            var text = ""
            var number = 0
            for piece in pieces {
                switch piece {
                case .literal(let words): text += words.description
                case .text(let place): text += texts[place]
                case .secret(let place): text += secret(texts[place])
                case .value:
                    number += 1
                    text += place(number)
                }
            }
            return text
        }

        static func == (left: Shape, right: Shape) -> Bool {
            left.pieces == right.pieces && left.texts == right.texts
        }

        func hash(into hasher: inout Hasher) {
            // The first and the last words tell most statements apart; comparing settles the rest.
            hasher.combine(pieces.count)
            for piece in pieces.prefix(3) { hasher.combine(piece) }
            if let last = pieces.last { hasher.combine(last) }
            for text in texts { hasher.combine(text) }
        }
    }
}

extension SQL.Shape.Piece: Hashable {
    static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.literal(let one), .literal(let other)):
            one.utf8Start == other.utf8Start && one.utf8CodeUnitCount == other.utf8CodeUnitCount
        case (.text(let one), .text(let other)), (.secret(let one), .secret(let other)): one == other
        case (.value(let one), .value(let other)): one == other
        default: false
        }
    }

    func hash(into hasher: inout Hasher) {
        switch self {
        case .literal(let words): hasher.combine(UInt(bitPattern: words.utf8Start))
        case .text(let place), .secret(let place): hasher.combine(place)
        case .value(let type): hasher.combine(type.rawValue)
        }
    }
}
