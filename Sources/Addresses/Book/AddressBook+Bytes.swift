import Foundation

/// A compiled book as bytes, so that another start reads it instead of compiling it again.
///
/// A line that tells the version, a JSON object of the small parts, then each column: its count in 8 bytes, then its elements; every
/// number little-endian.
extension AddressBook {
    /// Why bytes are no book.
    public enum Unreadable: Error, Sendable, Hashable, CustomStringConvertible {
        /// Another version of the program wrote them.
        case version
        /// They end early or contradict themselves.
        case damaged

        /// One sentence with the remedy.
        public var description: String {
            switch self {
            case .version: "the stored address book is of another version; import the registers again as a new set"
            case .damaged: "the stored address book is damaged; import the registers again as a new set"
            }
        }
    }

    private static let mark = Array("hub311 addresses 1\n".utf8)

    private struct Small: Codable {
        let places: [AddressPlace]
        let suffixes: [String]
    }

    /// The book as bytes.
    public func bytes() throws -> [UInt8] {
        var writer = BookWriter()
        writer.bytes = Self.mark
        writer.bytes.reserveCapacity(byteCount + 4096)
        writer.column(Array(try JSONEncoder().encode(Small(places: arrays.places, suffixes: arrays.suffixes))))
        writer.column(arrays.names.bytes)
        writer.column(arrays.names.starts)
        writer.column(arrays.names.formHashes)
        writer.column(arrays.names.formNames)
        writer.column(arrays.names.gramStarts)
        writer.column(arrays.names.gramNames)
        writer.column(arrays.nameStreets)
        writer.column(arrays.displayBytes)
        writer.column(arrays.displayStarts)
        writer.column(arrays.streetType)
        writer.column(arrays.streetDirection)
        writer.column(arrays.streetDisplay)
        writer.column(arrays.streetMunicipality)
        writer.column(arrays.streetStated)
        writer.column(arrays.streetCommunity)
        writer.column(arrays.streetTarget)
        writer.column(arrays.streetUntil)
        writer.column(arrays.streetFirst)
        writer.column(arrays.numbers)
        writer.column(arrays.latitudes)
        writer.column(arrays.longitudes)
        writer.column(arrays.postalCodes)
        return writer.bytes
    }

    /// A book from its bytes.
    ///
    /// - Throws: ``Unreadable``.
    public init(bytes: [UInt8]) throws {
        guard bytes.starts(with: Self.mark) else { throw Unreadable.version }
        var reader = BookReader(bytes, at: Self.mark.count)
        guard let small = try? JSONDecoder().decode(Small.self, from: Data(try reader.column(of: UInt8.self))) else {
            throw Unreadable.damaged
        }
        var arrays = BookArrays()
        arrays.places = small.places
        arrays.suffixes = small.suffixes
        arrays.names = NameIndex(
            bytes: try reader.column(),
            starts: try reader.column(),
            formHashes: try reader.column(),
            formNames: try reader.column(),
            gramStarts: try reader.column(),
            gramNames: try reader.column()
        )
        arrays.nameStreets = try reader.column()
        arrays.displayBytes = try reader.column()
        arrays.displayStarts = try reader.column()
        arrays.streetType = try reader.column()
        arrays.streetDirection = try reader.column()
        arrays.streetDisplay = try reader.column()
        arrays.streetMunicipality = try reader.column()
        arrays.streetStated = try reader.column()
        arrays.streetCommunity = try reader.column()
        arrays.streetTarget = try reader.column()
        arrays.streetUntil = try reader.column()
        arrays.streetFirst = try reader.column()
        arrays.numbers = try reader.column()
        arrays.latitudes = try reader.column()
        arrays.longitudes = try reader.column()
        arrays.postalCodes = try reader.column()
        guard arrays.isConsistent else { throw Unreadable.damaged }
        self.init(arrays)
    }
}

extension BookArrays {
    /// Whether columns that belong together are of one length and end where they must.
    fileprivate var isConsistent: Bool {
        let streets = streetType.count
        let columns = [
            streetDirection.count, streetDisplay.count, streetMunicipality.count, streetStated.count,
            streetCommunity.count,
            streetTarget.count, streetUntil.count, streetFirst.count - 1,
        ]
        return columns.allSatisfy { $0 == streets } && nameStreets.last.map(Int.init) == streets
            && nameStreets.count == names.count + 1 && streetFirst.last.map(Int.init) == numbers.count
            && latitudes.count == numbers.count && longitudes.count == numbers.count
            && (postalCodes.isEmpty || postalCodes.count == numbers.count)
            && names.gramStarts.count == NameIndex.gramCount + 1
            && names.formHashes.count == names.formNames.count && displayStarts.last.map(Int.init) == displayBytes.count
    }
}

private struct BookWriter {
    var bytes: [UInt8] = []

    mutating func column<Element: FixedWidthInteger>(_ elements: [Element]) {
        withUnsafeBytes(of: UInt64(elements.count).littleEndian) { bytes.append(contentsOf: $0) }
        // Every machine this runs on is little-endian; another one turns each element.
        if Element(1).littleEndian == 1 {
            elements.withUnsafeBytes { bytes.append(contentsOf: $0) }
        } else {
            for element in elements { withUnsafeBytes(of: element.littleEndian) { bytes.append(contentsOf: $0) } }
        }
    }
}

private struct BookReader {
    let bytes: [UInt8]
    var position: Int

    init(_ bytes: [UInt8], at position: Int) {
        self.bytes = bytes
        self.position = position
    }

    mutating func column<Element: FixedWidthInteger>(of type: Element.Type = Element.self) throws -> [Element] {
        guard position + 8 <= bytes.count else { throw AddressBook.Unreadable.damaged }
        let count = bytes.withUnsafeBytes {
            UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        }
        position += 8
        let size = MemoryLayout<Element>.size
        guard count <= UInt64((bytes.count - position) / size) else { throw AddressBook.Unreadable.damaged }
        let start = position
        position += Int(count) * size
        return bytes.withUnsafeBytes { buffer in
            [Element](unsafeUninitializedCapacity: Int(count)) { target, filled in
                UnsafeMutableRawBufferPointer(target).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: buffer[start..<position])
                )
                for index in 0..<Int(count) { target[index] = Element(littleEndian: target[index]) }
                filled = Int(count)
            }
        }
    }
}
