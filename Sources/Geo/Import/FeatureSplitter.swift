/// Cuts a stream of GeoJSON into its features without holding more than one of them.
///
/// Takes a FeatureCollection, one feature per line (also with RFC 8142's record separators), or a single object. A broken feature does not
/// take the rest with it: the start of the next `{"type": "Feature"` is found again even when brackets or quotes are missing.
struct FeatureSplitter {
    /// What was cut out.
    enum Piece {
        /// The bytes of one JSON object that should be a feature; `number` counts from 1, `line` is where it starts.
        case feature(UnsafeRawBufferPointer, number: Int, line: Int)
        /// The collection around the features, its array emptied.
        case collection(UnsafeRawBufferPointer)
        /// Something that can't be a feature.
        case fault(String, number: Int?, line: Int)
    }

    enum Place {
        /// Between objects at the top of the file.
        case top
        /// Inside an object at the top: a feature, or a collection whose features have not begun.
        case object
        /// Between the features of a collection.
        case between
        /// Inside a feature of a collection.
        case feature
        /// Inside a collection, after its features.
        case tail
        /// Skipping something that is no object, up to the end of the line.
        case garbage
    }

    var place = Place.top
    var depth = 0
    var inString = false
    var escaped = false
    var stringLength = 0
    var line = 1
    var startLine = 1
    var number = 0
    var captured: [UInt8] = []
    var collection: [UInt8] = []
    let longest: Int
    var tooLong = false

    /// - Parameter longest: Largest feature that is kept, in bytes; a larger one is reported and skipped.
    init(longest: Int) {
        self.longest = longest
    }

    /// Goes through the next bytes of the file and hands out what is complete.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, _ body: (Piece) throws -> Void) rethrows {
        let count = bytes.count
        var runStart = 0
        var index = 0
        while index < count {
            let byte = bytes[index]
            if inString {
                stringLength += 1
                if escaped {
                    escaped = false
                } else if byte == Byte.backslash {
                    escaped = true
                } else if byte == Byte.quote {
                    inString = false
                    // "Feature" is 7 letters and its closing quote.
                    if stringLength == 8, depth > 1, place == .object || place == .feature {
                        flush(bytes, &runStart, index + 1)
                        try restartIfFeature(body)
                    }
                } else if byte == Byte.newline {
                    // No string of JSON holds a line break: its end is missing.
                    inString = false
                    line += 1
                }
                index += 1
                continue
            }
            switch byte {
            case Byte.quote:
                inString = place != .garbage && place != .top && place != .between
                stringLength = 0
                if place == .between || place == .top { try beginGarbage(body, &runStart, index) }
            case Byte.openBrace, Byte.openBracket:
                try open(byte, bytes, &runStart, index, body)
            case Byte.closeBrace, Byte.closeBracket:
                try close(byte, bytes, &runStart, index, body)
            case Byte.newline:
                line += 1
                if place == .garbage { place = collection.isEmpty ? .top : .between }
            case Byte.space, Byte.tab, Byte.carriageReturn, Byte.recordSeparator, Byte.comma: break
            case 0xEF where place == .top, 0xBB where place == .top, 0xBF where place == .top: break  // byte-order mark
            default:
                if place == .top || place == .between { try beginGarbage(body, &runStart, index) }
            }
            index += 1
        }
        flush(bytes, &runStart, count)
    }

    /// Reports what the end of the file cut off.
    mutating func finish(_ body: (Piece) throws -> Void) rethrows {
        switch place {
        case .object, .feature:
            number += 1
            try body(.fault("the file ends inside this feature", number: number, line: startLine))
        case .between, .tail:
            try body(.fault("the file ends before its FeatureCollection does", number: nil, line: line))
        case .top, .garbage: break
        }
    }
}
