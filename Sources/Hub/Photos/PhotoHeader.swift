public import Foundation

/// What the first bytes of an image say, read before anything decodes it.
///
/// A picture of 50,000 × 50,000 pixels is a few kilobytes on the wire and ten gigabytes in memory, so its size is read
/// from the header and judged first. Only the three formats that phones send are known; the file's name and stated type
/// count for nothing.
public struct PhotoHeader: Sendable, Hashable {
    /// Formats accepted from outside.
    public enum Format: String, Sendable, Hashable {
        /// Joint Photographic Experts Group, ISO/IEC 10918.
        case jpeg
        /// Portable Network Graphics, ISO/IEC 15948.
        case png
        /// WebP, RFC 9649.
        case webp
    }

    /// Format told by the magic bytes.
    public let format: Format
    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int

    /// Reads the header, or nothing when these bytes start none of the known formats or stop short of the size.
    public init?(_ data: Data) {
        let bytes = [UInt8](data.prefix(Self.headerLimit))
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            guard let size = Self.jpegSize(bytes) else { return nil }
            self.init(format: .jpeg, size: size)
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            guard let size = Self.pngSize(bytes) else { return nil }
            self.init(format: .png, size: size)
        } else if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            guard let size = Self.webpSize(bytes) else { return nil }
            self.init(format: .webp, size: size)
        } else {
            return nil
        }
    }

    /// Pixels to decode; a header may state more than a number holds.
    public var pixels: Int {
        let (pixels, isTooMany) = width.multipliedReportingOverflow(by: height)
        return isTooMany ? .max : pixels
    }

    /// JPEG lets metadata of any length stand before the frame header; more than this is no phone's photo.
    static let headerLimit = 1 << 20

    private init(format: Format, size: (width: Int, height: Int)) {
        self.format = format
        self.width = size.width
        self.height = size.height
    }

    /// Walks the marker segments to the frame header (SOF0 to SOF15 but DHT, JPG and DAC).
    private static func jpegSize(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        var at = 2
        while at + 9 < bytes.count {
            guard bytes[at] == 0xFF else { return nil }
            let marker = bytes[at + 1]
            if marker == 0xFF {
                at += 1
                continue
            }
            if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
                return positive(
                    width: Int(bytes[at + 7]) << 8 | Int(bytes[at + 8]),
                    height: Int(bytes[at + 5]) << 8 | Int(bytes[at + 6])
                )
            }
            if marker == 0xD8 || (0xD0...0xD7).contains(marker) || marker == 0x01 {
                at += 2
                continue
            }
            let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
            guard length >= 2 else { return nil }
            at += 2 + length
        }
        return nil
    }

    /// The IHDR chunk stands first and holds both sizes as 32-bit big-endian numbers.
    private static func pngSize(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        guard bytes.count >= 24, bytes[12..<16].elementsEqual("IHDR".utf8) else { return nil }
        func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
        return positive(width: number(16), height: number(20))
    }

    /// The three kinds of WebP keep their canvas size in three places (RFC 9649 sections 2.5 to 2.7).
    private static func webpSize(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        guard bytes.count >= 30 else { return nil }
        let kind = bytes[12..<16]
        if kind.elementsEqual("VP8X".utf8) {
            func number(_ at: Int) -> Int { Int(bytes[at]) | Int(bytes[at + 1]) << 8 | Int(bytes[at + 2]) << 16 }
            return positive(width: number(24) + 1, height: number(27) + 1)
        }
        if kind.elementsEqual("VP8L".utf8), bytes[20] == 0x2F {
            let bits = UInt32(bytes[21]) | UInt32(bytes[22]) << 8 | UInt32(bytes[23]) << 16 | UInt32(bytes[24]) << 24
            return positive(width: Int(bits & 0x3FFF) + 1, height: Int(bits >> 14 & 0x3FFF) + 1)
        }
        if kind.elementsEqual("VP8 ".utf8), bytes[23...25].elementsEqual([0x9D, 0x01, 0x2A]) {
            let width = (Int(bytes[26]) | Int(bytes[27]) << 8) & 0x3FFF
            let height = (Int(bytes[28]) | Int(bytes[29]) << 8) & 0x3FFF
            return positive(width: width, height: height)
        }
        return nil
    }

    private static func positive(width: Int, height: Int) -> (width: Int, height: Int)? {
        width > 0 && height > 0 ? (width, height) : nil
    }
}
