import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Open311
import TestSupport
import Testing

@testable import Web

extension GeoReport {
    @Suite("photos")
    struct Photos {
        /// A picture with a position, a camera and a comment in it, made by the tools of the system.
        static func picture() throws -> [UInt8] {
            let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).jpg")
            defer { try? FileManager.default.removeItem(at: file) }
            try run("vips", ["black", file.path, "64", "48", "--bands", "3"])
            try run(
                "exiftool",
                [
                    "-q", "-overwrite_original", "-GPSLatitude=44.1", "-GPSLatitudeRef=N", "-GPSLongitude=79.1",
                    "-GPSLongitudeRef=W", "-Model=SecretCamera", "-Comment=SecretComment", "-XMP:Creator=SecretCreator",
                    file.path,
                ]
            )
            return [UInt8](try Data(contentsOf: file))
        }

        @discardableResult
        static func run(_ program: String, _ arguments: [String]) throws -> String {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = [program] + arguments
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let output = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return String(decoding: output, as: UTF8.self)
        }

        private static func fetch(_ region: RegionCaller, _ url: String) async throws -> (
            answer: HTTPFields, status: Int, bytes: Data
        ) {
            let path = url.replacing("https://hub.example", with: "")
            let response = try await region.client.execute(uri: path, method: .get)
            return (response.headers, response.status.code, Data(response.body.readableBytesView))
        }

        @Test(
            "P14 file parts of every client are kept, and nothing of the phone is left in them",
            arguments: ["media", "photo1", "file_a"]
        )
        func parts(field: String) async throws {
            let picture = try Self.picture()
            try await DemonstrationRegion.run { region async throws in
                let fields =
                    RegionCaller.pothole + [("api_key", region.region.key), ("media_url", "https://a.example/x.jpg")]
                let body = RegionCaller.multipart(
                    fields,
                    files: [(field, "../../etc/passwd", picture), ("photo2", "b", picture)]
                )
                let answer = try await region.send(
                    .post,
                    "/open311/v2/requests.json",
                    [.contentType: "multipart/form-data; boundary=edge"],
                    body: body
                )
                #expect(answer.status == 200, "\(answer.text)")
                let id = try #require(answer.tree[0]?["service_request_id"]?.string)
                let read = try await region.read(id, extended: true)
                let photos = read["extended_attributes"]?["photos"]?.list.compactMap { $0["media_url"]?.string } ?? []
                let kept = photos.filter { $0.hasPrefix("https://hub.example/photos/") }
                #expect(photos.contains("https://a.example/x.jpg"))
                let (headers, status, bytes) = try await Self.fetch(region, try #require(kept.first))
                #expect(status == 200)
                #expect(headers[.contentType] == "image/jpeg")
                #expect(headers[.xContentTypeOptions] == "nosniff")
                #expect(headers[.contentDisposition]?.hasPrefix("inline; filename=") == true)
                #expect(headers[.cacheControl]?.contains("immutable") == true)
                let policy = HTTPField.Name("Content-Security-Policy").flatMap { headers[$0] }
                #expect(policy == "default-src 'none'; sandbox")
                let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).jpg")
                defer { try? FileManager.default.removeItem(at: file) }
                try bytes.write(to: file)
                let tags = try Self.run("exiftool", ["-a", "-G1", "-s", file.path])
                #expect(tags.contains("ImageWidth"))
                #expect(!tags.contains("GPS") && !tags.contains("Secret"))
            }
        }

        @Test("E14 a data: address is kept as a file")
        func dataAddress() async throws {
            let picture = try Self.picture()
            try await DemonstrationRegion.run { region async throws in
                let address = "data:image/jpeg;base64," + Data(picture).base64EncodedString()
                let id = try await region.posted([("media_url", address)])
                let url = try #require(try await region.read(id)["media_url"]?.string)
                #expect(url.hasPrefix("https://hub.example/photos/"))
                #expect(try await Self.fetch(region, url).status == 200)
            }
        }

        @Test(
            "what is no photo is refused, and nothing is stored",
            arguments: ["<svg onload=alert(1)>", "%PDF-1.4", "GIF89a", "\u{FF}\u{D8}", "<html>"]
        )
        func refused(content: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                let fields = RegionCaller.pothole + [("api_key", region.region.key)]
                let answer = try await region.send(
                    .post,
                    "/open311/v2/requests.json",
                    [.contentType: "multipart/form-data; boundary=edge"],
                    body: RegionCaller.multipart(fields, files: [("media", "a.jpg", Array(content.utf8))])
                )
                #expect(answer.isFault(400, naming: "media"), "\(answer.status) \(answer.text)")
                #expect(try await region.get("requests").tree.list.isEmpty)
            }
        }

        @Test("a picture that claims 50,000 by 50,000 pixels is refused before it is decoded")
        func bomb() async throws {
            var png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
            png += Array("IHDR".utf8) + [0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50, 8, 2, 0, 0, 0, 0, 0, 0, 0]
            let bytes = png
            try await DemonstrationRegion.run { region async throws in
                let fields = RegionCaller.pothole + [("api_key", region.region.key)]
                let answer = try await region.send(
                    .post,
                    "/open311/v2/requests.json",
                    [.contentType: "multipart/form-data; boundary=edge"],
                    body: RegionCaller.multipart(fields, files: [("media", "a.png", bytes)])
                )
                #expect(answer.isFault(400, naming: "media"))
            }
        }

        @Test(
            "everything else below /photos is 404",
            arguments: [
                "x.jpg", "..%2f..%2fetc%2fpasswd", String(repeating: "a", count: 64),
                String(repeating: "0", count: 64) + ".jpg", "%00.jpg",
            ]
        )
        func unknown(name: String) async throws {
            try await DemonstrationRegion.run { region async throws in
                #expect(try await region.send(.get, "/photos/\(name)").status == 404)
            }
        }
    }
}
