import Foundation
import Testing

@testable import Hub

/// Pictures as strangers send them, made by the tools that any machine of the service has.
private struct Pictures {
    let folder: URL
    let store: PhotoStore

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("photos-\(UUID().uuidString)")
        store = try PhotoStore(directory: folder.appendingPathComponent("store"))
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    @discardableResult
    func run(_ tool: String, _ arguments: String...) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [tool] + arguments
        process.standardOutput = pipe
        process.standardError = Pipe()
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// A grey picture with noise, so that it is no constant.
    func make(_ name: String, width: Int = 80, height: Int = 40) throws -> Data {
        try run("vips", "gaussnoise", path("raw.v"), "\(width)", "\(height)")
        try run("vips", "cast", path("raw.v"), path(name), "uchar")
        return try Data(contentsOf: URL(fileURLWithPath: path(name)))
    }

    func kept(_ id: String) throws -> Data { try Data(contentsOf: try #require(store.file(of: id))) }

    /// Files below the store.
    func count() -> Int {
        let all = FileManager.default.enumerator(
            at: folder.appendingPathComponent("store"),
            includingPropertiesForKeys: [.isRegularFileKey]
        )
        return (all?.allObjects as? [URL] ?? []).filter {
            (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
        }.count
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}

@Suite("Photos")
struct PhotoStoreTests {
    @Test(
        "Place, camera, thumbnail and comments are gone from what is kept, and it stands upright",
        arguments: ["jpg", "png", "webp"]
    )
    func metadata(_ kind: String) async throws {
        let pictures = try Pictures()
        defer { pictures.remove() }
        _ = try pictures.make("a.\(kind)")
        try pictures.run(
            "exiftool",
            "-overwrite_original",
            "-n",
            "-GPSLatitude=44.13",
            "-GPSLatitudeRef=N",
            "-GPSLongitude=79.2",
            "-GPSLongitudeRef=W",
            "-Make=Cam",
            "-Model=X100",
            "-SerialNumber=4711",
            "-Orientation=6",
            "-XMP:Creator=Ann",
            "-ImageDescription=secret",
            "-Artist=Ann",
            pictures.path("a.\(kind)")
        )
        let before = try pictures.run("exiftool", pictures.path("a.\(kind)"))
        #expect(before.contains("Make") || before.contains("Creator"))
        let photo = try await pictures.store.keep(Data(contentsOf: URL(fileURLWithPath: pictures.path("a.\(kind)"))))
        let file = try #require(pictures.store.file(of: photo.id))
        let tags = try pictures.run("exiftool", "-G", "-a", "-u", file.path)
        for word in [
            "GPS", "Cam", "X100", "4711", "Ann", "secret", "[XMP]", "[MakerNotes]", "[IPTC]", "Thumbnail", "Preview",
        ] {
            #expect(!tags.contains(word), "\(word) in \(tags)")
        }
        let header = try #require(PhotoHeader(try pictures.kept(photo.id)))
        #expect(header.format == .jpeg)
        #expect((header.width, header.height) == (40, 80))
        #expect(photo.contentType == "image/jpeg")
    }

    @Test("The same picture is kept once, a large one is made smaller, and nothing is left of what came in")
    func once() async throws {
        let pictures = try Pictures()
        defer { pictures.remove() }
        let data = try pictures.make("a.jpg", width: 3000, height: 1000)
        let first = try await pictures.store.keep(data)
        let second = try await pictures.store.keep(data)
        #expect(first == second)
        #expect(pictures.count() == 1)
        let header = try #require(PhotoHeader(try pictures.kept(first.id)))
        #expect((header.width, header.height) == (2048, 683))
        let address = "data:image/jpeg;base64," + data.base64EncodedString()
        #expect(try await pictures.store.keep(dataAddress: address) == first)
    }

    @Test("A picture that is also a page of markup is kept as a picture alone")
    func polyglot() async throws {
        let pictures = try Pictures()
        defer { pictures.remove() }
        var data = try pictures.make("a.jpg")
        data.append(Data("<html><script>alert(1)</script></html>".utf8))
        try pictures.run(
            "exiftool",
            "-overwrite_original",
            "-Comment=<script>alert(2)</script>",
            pictures.path("a.jpg")
        )
        let commented = try Data(contentsOf: URL(fileURLWithPath: pictures.path("a.jpg")))
        for sent in [data, commented] {
            let photo = try await pictures.store.keep(sent)
            #expect(try pictures.kept(photo.id).range(of: Data("<script".utf8)) == nil)
        }
    }

    @Test("What is no picture, too large, or made to burst is refused, and nothing is kept")
    func refused() async throws {
        let pictures = try Pictures()
        defer { pictures.remove() }
        let good = try pictures.make("a.jpg")
        let png = try pictures.make("a.png")
        func header(_ side: UInt32) -> Data {
            var data = png.prefix(16)
            for _ in 0..<2 { data.append(contentsOf: withUnsafeBytes(of: side.bigEndian) { Array($0) }) }
            data.append(png.dropFirst(24))
            return Data(data)
        }
        let cases: [(String, Data, PhotoFault?)] = [
            ("empty", Data(), .unknownFormat),
            ("SVG", Data("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>".utf8), .unknownFormat),
            ("GIF", Data("GIF89a".utf8) + Data(count: 50), .unknownFormat),
            ("PDF", Data("%PDF-1.7".utf8) + Data(count: 50), .unknownFormat),
            ("50,000 × 50,000", header(50_000), .tooManyPixels(width: 50_000, height: 50_000)),
            ("no width", header(0), .unknownFormat),
            ("four thousand million wide", header(.max), .tooManyPixels(width: 4_294_967_295, height: 4_294_967_295)),
            ("cut short", good.prefix(60), nil),
            ("head alone", good.prefix(200) + Data(repeating: 0x41, count: 500), nil),
            ("11 MiB", good + Data(count: 11 << 20), .tooLarge(bytes: good.count + 11 << 20)),
        ]
        for (what, data, fault) in cases {
            do throws(PhotoFault) {
                let photo = try await pictures.store.keep(data)
                // A decoder may read what little there is; then it is a small clean picture and nothing else.
                #expect(fault == nil && photo.bytes < 100_000, "\(what) was kept")
                if let file = pictures.store.file(of: photo.id) { try? FileManager.default.removeItem(at: file) }
            } catch {
                if let fault, case .tooLarge = fault { continue }
                #expect(fault == nil || error == fault, "\(what): \(error)")
            }
        }
        for address in [
            "data:image/png,xxx", "data:text/html;base64,PGh0bWw+", "data:image/png;base64,%%%", "data:",
            "image/png;base64,AAAA",
        ] {
            await #expect(throws: PhotoFault.self) { _ = try await pictures.store.keep(dataAddress: address) }
        }
        #expect(pictures.count() == 0)
    }

    @Test("An id that is no id names no file")
    func ids() throws {
        let pictures = try Pictures()
        defer { pictures.remove() }
        for id in [
            "", "..", "../../etc/passwd", String(repeating: "A", count: 64), String(repeating: "a", count: 63) + "/",
            String(repeating: "٣", count: 64),
        ] {
            #expect(pictures.store.file(of: id) == nil)
        }
    }

    @Test("What the child that decodes is told holds no secret of the service")
    func environment() async throws {
        setenv("HUB_SECRET_OF_TEST", "not for a stranger's picture", 1)
        defer { unsetenv("HUB_SECRET_OF_TEST") }
        #expect(PhotoStore.childEnvironment.keys.allSatisfy { !$0.hasPrefix("HUB") })
    }
}
