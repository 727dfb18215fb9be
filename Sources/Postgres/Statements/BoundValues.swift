/// The values of a statement in binary form, one after the other in one buffer.
struct BoundValues: Sendable {
    /// Where a value lies; a negative length is NULL.
    struct Span: Sendable {
        let start: Int
        let length: Int
    }

    private(set) var bytes: [UInt8] = []
    private(set) var spans: [Span] = []

    var count: Int { spans.count }

    mutating func reserve(_ count: Int) {
        spans.reserveCapacity(count)
        bytes.reserveCapacity(count * 16)
    }

    mutating func append(_ value: (inout [UInt8]) -> Bool) {
        let start = bytes.count
        let isThere = value(&bytes)
        spans.append(Span(start: start, length: isThere ? bytes.count - start : -1))
    }

    mutating func append(_ other: BoundValues) {
        let shift = bytes.count
        bytes += other.bytes
        spans += other.spans.map { Span(start: $0.start + shift, length: $0.length) }
    }

    /// Hands over what libpq wants: a pointer for each value (nil for NULL), its length, and that all are binary.
    func withPointers<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
    ) -> Result {
        guard !spans.isEmpty else { return body(nil, nil, nil) }
        return bytes.withUnsafeBytes { buffer in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: spans.count) { values in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: spans.count * 2) { numbers in
                    // An empty value is none of the buffer's bytes, but must not look like NULL.
                    let somewhere = buffer.baseAddress ?? UnsafeRawPointer(numbers.baseAddress)
                    for (place, span) in spans.enumerated() {
                        let isNull = span.length < 0
                        values.initializeElement(
                            at: place,
                            to: isNull ? nil : somewhere.map { ($0 + span.start).assumingMemoryBound(to: CChar.self) }
                        )
                        numbers.initializeElement(at: place, to: isNull ? 0 : Int32(span.length))
                        numbers.initializeElement(at: spans.count + place, to: 1)
                    }
                    return body(
                        UnsafePointer(values.baseAddress),
                        UnsafePointer(numbers.baseAddress),
                        UnsafePointer(numbers.baseAddress.map { $0 + spans.count })
                    )
                }
            }
        }
    }
}
