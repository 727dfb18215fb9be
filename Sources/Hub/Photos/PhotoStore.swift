import Crypto
public import Foundation
import Subprocess
import SystemPackage

/// Photos as files: checked, re-encoded without metadata, named by their content.
///
/// Every picture is decoded and written again in a child process with a limit on memory and time, so nothing of the
/// file that came in (position, camera, thumbnail, hidden markup) reaches the file that is served, and a picture made to
/// break a decoder breaks only that child. The name is the SHA-256 of what was written: the same picture is kept once.
public struct PhotoStore: Sendable {
    /// Largest file taken, in bytes (10 MiB).
    public static let largestUpload = 10 << 20
    /// Most pixels decoded (50 megapixels).
    public static let mostPixels = 50_000_000
    /// Longest side of the picture that is kept, in pixels.
    static let longestSide = 2048

    /// A picture that is kept.
    public struct Photo: Sendable, Hashable, Codable {
        /// SHA-256 of the kept file, 64 hexadecimal digits; its name and its address.
        public let id: String
        /// Size of the kept file in bytes.
        public let bytes: Int
        /// Always `image/jpeg`.
        public let contentType: String
    }

    private let directory: URL

    /// A store below one directory, made when it is missing.
    public init(directory: URL) throws {
        self.directory = directory
        try FileManager.default.createDirectory(
            at: directory.appendingPathComponent("incoming"),
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// Checks, re-encodes and keeps a picture.
    ///
    /// - Throws: ``PhotoFault``; nothing is kept then.
    public func keep(_ data: Data) async throws(PhotoFault) -> Photo {
        guard data.count <= Self.largestUpload else { throw .tooLarge(bytes: data.count) }
        guard let header = PhotoHeader(data) else { throw .unknownFormat }
        guard header.pixels <= Self.mostPixels else {
            throw .tooManyPixels(width: header.width, height: header.height)
        }
        let name = UUID().uuidString
        let incoming = directory.appendingPathComponent("incoming/\(name).\(header.format.rawValue)")
        let outgoing = directory.appendingPathComponent("incoming/\(name)-kept.jpg")
        defer {
            try? FileManager.default.removeItem(at: incoming)
            try? FileManager.default.removeItem(at: outgoing)
        }
        do {
            try data.write(to: incoming)
        } catch {
            throw .storeUnavailable
        }
        try await reencode(incoming, to: outgoing)
        return try adopt(outgoing)
    }

    /// Keeps the picture of a `data:` address (RFC 2397).
    public func keep(dataAddress: String) async throws(PhotoFault) -> Photo {
        guard let comma = dataAddress.firstIndex(of: ","), dataAddress.lowercased().hasPrefix("data:image/") else {
            throw .malformedDataAddress
        }
        guard dataAddress[..<comma].lowercased().hasSuffix(";base64"),
            let data = Data(base64Encoded: String(dataAddress[dataAddress.index(after: comma)...]))
        else { throw .malformedDataAddress }
        return try await keep(data)
    }

    /// The kept file of an id, or nothing; an id that is not 64 hexadecimal digits names no file.
    public func file(of id: String) -> URL? {
        guard id.count == 64, id.allSatisfy({ $0.isASCII && ($0.isNumber || ("a"..."f").contains($0)) }) else {
            return nil
        }
        let place = self.place(of: id)
        return FileManager.default.fileExists(atPath: place.path) ? place : nil
    }

    private func place(of id: String) -> URL {
        directory.appendingPathComponent("\(id.prefix(2))/\(id).jpg")
    }

    /// Decodes, turns upright, shrinks, drops all metadata and writes JPEG, within 1 GiB of memory and 20 s of CPU.
    private func reencode(_ incoming: URL, to outgoing: URL) async throws(PhotoFault) {
        let limits = ["--as=\(1 << 30)", "--cpu=20", "--fsize=\(Self.largestUpload)", "--core=0"]
        let work = [
            "vipsthumbnail", "--size", "\(Self.longestSide)x\(Self.longestSide)>", "--eprofile", "srgb",
            "-o", "\(outgoing.path)[Q=85,strip,background=255]", incoming.path,
        ]
        do {
            let ended = try await run(
                .name("prlimit"),
                arguments: Arguments(limits + work),
                environment: .custom(
                    Dictionary(
                        uniqueKeysWithValues: Self.childEnvironment.map {
                            (Environment.Key(stringLiteral: $0.key), $0.value)
                        }
                    )
                ),
                output: .discarded,
                error: .discarded
            )
            guard ended.terminationStatus.isSuccess else { throw PhotoFault.unreadable }
        } catch let fault as PhotoFault {
            throw fault
        } catch {
            throw .storeUnavailable
        }
        guard FileManager.default.fileExists(atPath: outgoing.path) else { throw .unreadable }
    }

    /// What the child that decodes a stranger's picture is told: nothing of ours, no keys and no passwords.
    static let childEnvironment: [String: String] = [
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "VIPS_CONCURRENCY": "1",
        "VIPS_BLOCK_UNTRUSTED": "1",
        "LC_ALL": "C.UTF-8",
    ]

    /// Moves the written file to its place by content; a picture that is there already stays.
    private func adopt(_ written: URL) throws(PhotoFault) -> Photo {
        do {
            let data = try Data(contentsOf: written)
            let id = SHA256.hash(data: data).map { String(format: "%02x", $0) }.joined()
            let place = self.place(of: id)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            if !FileManager.default.fileExists(atPath: place.path) {
                try FileManager.default.moveItem(at: written, to: place)
            }
            return Photo(id: id, bytes: data.count, contentType: "image/jpeg")
        } catch {
            throw .storeUnavailable
        }
    }
}
