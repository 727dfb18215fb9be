/// `application/x-www-form-urlencoded`, as a body and as a query string.
///
/// Source: WHATWG URL, "application/x-www-form-urlencoded parsing": `+` is a blank, a `%` without two hexadecimal
/// digits stands for itself. Faults instead of replacement characters are ours (rule H12).
public enum FormBody {
    /// What a form may cost.
    public struct Limits: Sendable, Hashable {
        /// Most bytes before decoding; 1 MiB.
        public var bytes: Int
        /// Most fields.
        public var fields: Int
        /// Most bytes of one name, decoded.
        public var nameBytes: Int

        /// Limits for a body of ours.
        public init(bytes: Int = 1 << 20, fields: Int = 2000, nameBytes: Int = 256) {
            self.bytes = bytes
            self.fields = fields
            self.nameBytes = nameBytes
        }
    }

    /// Reads a form.
    ///
    /// - Throws: ``Open311Faults`` with one entry for each field at fault: 413 for a limit, 400 for the rest.
    public static func fields(
        of bytes: some Collection<UInt8>,
        limits: Limits = Limits()
    ) throws(Open311Faults) -> [FormField] {
        let bytes = Array(bytes)
        guard bytes.count <= limits.bytes else { throw Open311Faults(.bodyTooLarge(limit: limits.bytes)) }
        var fields: [FormField] = []
        var faults: [Open311Fault] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
            defer { start = end + 1 }
            guard end > start else { continue }
            guard fields.count + faults.count < limits.fields else {
                throw Open311Faults(Open311Fault(status: 413, "the form has more than \(limits.fields) fields"))
            }
            let equals = bytes[start..<end].firstIndex(of: UInt8(ascii: "="))
            let name = decoded(bytes[start..<(equals ?? end)])
            guard name.count <= limits.nameBytes else {
                faults.append(Open311Fault(status: 400, "a field has a name of more than \(limits.nameBytes) bytes"))
                continue
            }
            do throws(Open311Fault) {
                let value = equals.map { decoded(bytes[($0 + 1)..<end]) } ?? []
                fields.append(try FormField(nameBytes: name, valueBytes: value))
            } catch {
                // a body of garbage shall not be answered with a thousand entries
                if faults.count < 20 { faults.append(error) }
            }
        }
        if let faults = Open311Faults(faults) { throw faults }
        return fields
    }

    /// Reads a query string, without its `?`.
    ///
    /// - Throws: ``Open311Faults`` as for a body; a query may have 64 KiB.
    public static func fields(ofQuery query: String) throws(Open311Faults) -> [FormField] {
        try fields(of: query.utf8, limits: Limits(bytes: 1 << 16))
    }

    /// Writes a form: for a POST of ours to somebody else's server.
    public static func encoded(_ fields: [FormField]) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in fields {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: "&")) }
            append(field.name, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            append(field.value, to: &bytes)
        }
        return bytes
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        // Most names and many values hold nothing to decode.
        guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%"), index + 2 < bytes.endIndex, let high = hexadecimal(bytes[index + 1]),
                let low = hexadecimal(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
                continue
            }
            result.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            index += 1
        }
        return result[...]
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                bytes.append(byte)
            case UInt8(ascii: " "): bytes.append(UInt8(ascii: "+"))
            default: bytes.append(contentsOf: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
    }
}
