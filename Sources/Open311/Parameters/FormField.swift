import XML

/// A name and its text as a form or a query carries them.
public struct FormField: Sendable, Hashable {
    /// Name, decoded.
    public let name: String

    /// Text, decoded; line ends are LF.
    public let value: String

    /// A field from text that is known to be good.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// A field from bytes of a stranger.
    ///
    /// - Throws: a fault naming the field when the bytes are not UTF-8 (rule H12) or hold a character XML cannot carry
    ///   (rule H11), so that whatever was taken can always be given back.
    init(nameBytes: some Collection<UInt8>, valueBytes: some Collection<UInt8>) throws(Open311Fault) {
        guard let name = String(validating: nameBytes, as: UTF8.self) else {
            throw Open311Fault(status: 400, "a field has a name that is not UTF-8")
        }
        if let scalar = XMLText.firstIllegal(in: name) {
            throw Open311Fault(status: 400, "a field has a name with \(XMLWriteFault.illegalCharacter(scalar))")
        }
        guard let value = String(validating: valueBytes, as: UTF8.self) else {
            throw .bad(name, "is not UTF-8")
        }
        if let scalar = XMLText.firstIllegal(in: value) {
            throw .bad(name, "is not text: \(XMLWriteFault.illegalCharacter(scalar))")
        }
        self.name = name
        self.value = Self.withLineFeeds(value)
    }

    /// CRLF and CR become LF (rule P6).
    private static func withLineFeeds(_ text: String) -> String {
        guard text.utf8.contains(0x0D) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var afterReturn = false
        for byte in text.utf8 {
            if byte == 0x0D {
                bytes.append(0x0A)
            } else if byte != 0x0A || !afterReturn {
                bytes.append(byte)
            }
            afterReturn = byte == 0x0D
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
