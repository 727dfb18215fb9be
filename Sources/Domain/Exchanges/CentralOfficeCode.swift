/// Area code and central office code together, `NPA-NXX`: the first six digits of a North American number.
///
/// Ten thousand numbers are given out under one code, and each code belongs to one exchange. It tells where its numbers were
/// assigned, never where a caller is: numbers are ported, wireless ones travel.
/// Source: North American Numbering Plan; each half runs from 200 to 999.
public struct CentralOfficeCode: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Area code (NPA), 200 to 999.
    public let areaCode: Int

    /// Central office code (NXX), 200 to 999.
    public let officeCode: Int

    /// A part is no three digits from 200 to 999.
    public struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// The code as it came, cut to a length fit for a message.
        public let text: String

        /// What is wrong and what would be right.
        public var description: String { "\(text) is no code: area code and office code are 200 to 999 each" }
    }

    /// A code from its halves.
    ///
    /// - Throws: ``Invalid``.
    public init(areaCode: Int, officeCode: Int) throws(Invalid) {
        guard (200...999).contains(areaCode), (200...999).contains(officeCode) else {
            throw Invalid(text: "\(areaCode)-\(officeCode)")
        }
        self.areaCode = areaCode
        self.officeCode = officeCode
    }

    /// A code from the two columns of a list, three digits each.
    ///
    /// - Throws: ``Invalid``.
    public init(areaCode: String, officeCode: String) throws(Invalid) {
        guard let area = Self.three(areaCode), let office = Self.three(officeCode) else {
            throw Invalid(text: FieldFault.excerpt("\(areaCode)-\(officeCode)"))
        }
        try self.init(areaCode: area, officeCode: office)
    }

    /// `705-555`.
    public var description: String { "\(areaCode)-\(officeCode)" }

    /// By area code, then office code.
    public static func < (left: Self, right: Self) -> Bool {
        (left.areaCode, left.officeCode) < (right.areaCode, right.officeCode)
    }

    private static func three(_ text: String) -> Int? {
        text.utf8.count == 3 && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(text) : nil
    }
}
