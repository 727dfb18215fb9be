/// Text that should be UTF-8 and sometimes is Windows-1252 or Latin-1, as older spreadsheets write it.
enum WindowsText {
    /// What stands at 0x80 to 0x9F in Windows-1252; 0 where nothing does.
    private static let upper: [UInt16] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]

    /// The text of some bytes, and whether they had to be read as Windows-1252.
    static func decoded(_ bytes: UnsafeRawBufferPointer) -> (text: String, isRecoded: Bool) {
        if let text = String(validating: bytes, as: UTF8.self) { return (text, false) }
        var text = String.UnicodeScalarView()
        for byte in bytes {
            let value = (0x80...0x9F).contains(byte) ? upper[Int(byte) - 0x80] : UInt16(byte)
            text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        }
        return (String(text), true)
    }
}
