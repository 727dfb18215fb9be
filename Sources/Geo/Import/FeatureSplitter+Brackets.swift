extension FeatureSplitter {
    /// Keeps the bytes since the last flush if they belong to an object.
    mutating func flush(_ bytes: UnsafeRawBufferPointer, _ runStart: inout Int, _ end: Int) {
        defer { runStart = end }
        guard runStart < end else { return }
        switch place {
        case .object, .feature:
            if captured.count + end - runStart > longest {
                tooLong = true
                // The last bytes still matter for finding the next feature.
                captured.removeAll(keepingCapacity: true)
            }
            captured.append(contentsOf: bytes[runStart..<end])
        case .tail:
            if collection.count + end - runStart <= longest { collection.append(contentsOf: bytes[runStart..<end]) }
        case .top, .between, .garbage: break
        }
    }

    mutating func beginGarbage(_ body: (Piece) throws -> Void, _ runStart: inout Int, _ index: Int) rethrows {
        try body(.fault("this is not the start of a JSON object", number: nil, line: line))
        place = .garbage
        runStart = index
    }

    mutating func open(
        _ byte: UInt8,
        _ bytes: UnsafeRawBufferPointer,
        _ runStart: inout Int,
        _ index: Int,
        _ body: (Piece) throws -> Void
    ) rethrows {
        switch place {
        case .top, .between:
            guard byte == Byte.openBrace else { return try beginGarbage(body, &runStart, index) }
            place = place == .top ? .object : .feature
            captured.removeAll(keepingCapacity: true)
            tooLong = false
            startLine = line
            depth = 1
            runStart = index
        case .object:
            if byte == Byte.openBracket, depth == 1 {
                flush(bytes, &runStart, index)
                if endsWithFeaturesKey {
                    collection = captured + [Byte.openBracket]
                    captured.removeAll(keepingCapacity: true)
                    place = .between
                    runStart = index + 1
                    return
                }
            }
            depth += 1
        case .feature: depth += 1
        case .tail:
            flush(bytes, &runStart, index)
            if byte == Byte.openBrace, depth == 1, collection.last(where: { !Byte.isBlank($0) }) == Byte.comma {
                // No member of an object begins with a brace: the array was closed too early.
                try body(.fault("the array of features is closed before its last feature", number: nil, line: line))
                collection.removeLast(collection.count - (collection.lastIndex(of: Byte.closeBracket) ?? 0))
                place = .feature
                captured.removeAll(keepingCapacity: true)
                startLine = line
                runStart = index
            } else {
                depth += 1
            }
        case .garbage: break
        }
    }

    mutating func close(
        _ byte: UInt8,
        _ bytes: UnsafeRawBufferPointer,
        _ runStart: inout Int,
        _ index: Int,
        _ body: (Piece) throws -> Void
    ) rethrows {
        switch place {
        case .object, .feature:
            depth -= 1
            guard depth == 0 else { return }
            flush(bytes, &runStart, index + 1)
            try emit(body)
            place = place == .feature ? .between : .top
        case .between:
            if byte == Byte.closeBracket {
                place = .tail
                depth = 1
                runStart = index
            } else {
                try body(.fault("a closing brace too many", number: nil, line: line))
            }
        case .tail:
            depth -= 1
            guard depth == 0 else { return }
            flush(bytes, &runStart, index + 1)
            try collection.withUnsafeBytes { try body(.collection($0)) }
            collection.removeAll()
            place = .top
        case .top:
            try body(.fault("a closing bracket too many", number: nil, line: line))
        case .garbage: break
        }
    }

    private mutating func emit(_ body: (Piece) throws -> Void) rethrows {
        number += 1
        if tooLong {
            try body(
                .fault("the feature is larger than \(longest / 1_000_000) MB", number: number, line: startLine)
            )
        } else {
            try captured.withUnsafeBytes { try body(.feature($0, number: number, line: startLine)) }
        }
        captured.removeAll(keepingCapacity: true)
        tooLong = false
    }

    /// When what was just captured ends with the start of another feature, what stands before it was broken.
    mutating func restartIfFeature(_ body: (Piece) throws -> Void) rethrows {
        guard let start = startOfTrailingFeature() else { return }
        let rest = Array(captured[start...])
        number += 1
        try body(
            .fault("a bracket or quote is missing before the next feature begins", number: number, line: startLine)
        )
        captured = rest
        tooLong = false
        startLine = line
        depth = 1
    }

    /// Index of a trailing `{ "type" : "Feature"` that does not stand behind a colon.
    private func startOfTrailingFeature() -> Int? {
        var index = captured.count
        guard take(Array("\"Feature\"".utf8), &index), take([Byte.colon], &index),
            take(Array("\"type\"".utf8), &index), take([Byte.openBrace], &index)
        else { return nil }
        var before = index - 1
        while before >= 0, Byte.isBlank(captured[before]) { before -= 1 }
        return before >= 0 && captured[before] == Byte.colon ? nil : index
    }

    private var endsWithFeaturesKey: Bool {
        var index = captured.count
        return take([Byte.colon], &index) && take(Array("\"features\"".utf8), &index)
    }

    /// Steps back over blanks and one token.
    private func take(_ token: [UInt8], _ index: inout Int) -> Bool {
        while index > 0, Byte.isBlank(captured[index - 1]) { index -= 1 }
        guard index >= token.count, captured[(index - token.count)..<index].elementsEqual(token) else { return false }
        index -= token.count
        return true
    }
}
