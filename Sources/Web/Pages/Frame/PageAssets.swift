import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// Stylesheets, scripts and pictures of the pages, in memory, under addresses that change with their content.
///
/// So a browser may keep each for a year, and a new release is seen at once.
struct PageAssets: Sendable {
    /// One file.
    struct Asset: Sendable {
        let bytes: ByteBuffer
        let contentType: String
        /// First 16 digits of its SHA-256.
        let digest: String
    }

    private let own: [String: Asset]
    private let leaflet: [String: Asset]

    /// Reads our own files and, where it is installed, the map library.
    init(own: URL, leaflet: URL) throws {
        self.own = try Self.read(own)
        self.leaflet = (try? Self.read(leaflet)) ?? [:]
    }

    /// Address of one of our own files: `/assets/hub.1a2b3c….css`.
    func address(_ name: String) -> String {
        guard let asset = own[name], let dot = name.lastIndex(of: ".") else { return "/assets/\(name)" }
        return "/assets/\(name[..<dot]).\(asset.digest)\(name[dot...])"
    }

    /// One of our own files as it is; nil when there is none of that name.
    func bytes(_ name: String) -> ByteBuffer? { own[name]?.bytes }

    /// Address of the map library's script, the small one where there is one; nil when it is not installed.
    var leafletScript: String? {
        ["leaflet.min.js", "leaflet.js"].first { leaflet[$0] != nil }.map(leafletAddress)
    }

    /// Address of its stylesheet; nil when it is not installed.
    var leafletSheet: String? { leaflet["leaflet.css"].map { _ in leafletAddress("leaflet.css") } }

    private func leafletAddress(_ name: String) -> String { "/assets/leaflet/\(name)?\(leaflet[name]?.digest ?? "")" }

    /// Adds the routes of the files.
    func add(to router: some RouterMethods<HubRequestContext>) {
        router.get("assets/:file") { request, context in
            let file = try context.parameters.require("file")
            guard let (name, digest) = Self.parts(file), let asset = own[name] else { throw HTTPFault.notFound }
            return Self.answer(asset, request, isFixed: digest == asset.digest)
        }
        router.get("assets/leaflet/:file") { request, context in
            guard let asset = leaflet[try context.parameters.require("file")] else { throw HTTPFault.notFound }
            return Self.answer(asset, request, isFixed: request.uri.query == asset.digest)
        }
        router.get("assets/leaflet/images/:file") { request, context in
            guard let asset = leaflet["images/" + (try context.parameters.require("file"))] else {
                throw HTTPFault.notFound
            }
            return Self.answer(asset, request, isFixed: false)
        }
        router.get("assets/brand/:file") { _, context in
            let file = try context.parameters.require("file")
            guard file.hasSuffix(".css"), let sheet = BrandSheet(colour: String(file.dropLast(4))),
                "/assets/brand/\(file)" == sheet.address
            else { throw HTTPFault.notFound }
            return Response(
                status: .ok,
                headers: [.contentType: "text/css; charset=utf-8", .cacheControl: Self.forAYear],
                body: ResponseBody(byteBuffer: ByteBuffer(string: sheet.text))
            )
        }
    }

    private static let forAYear = "public, max-age=31536000, immutable"

    private static func answer(_ asset: Asset, _ request: Request, isFixed: Bool) -> Response {
        let tag = "\"\(asset.digest)\""
        let headers: HTTPFields = [
            .contentType: asset.contentType, .cacheControl: isFixed ? forAYear : "public, max-age=3600", .eTag: tag,
        ]
        guard request.headers[.ifNoneMatch] != tag else { return Response(status: .notModified, headers: headers) }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: asset.bytes))
    }

    /// `hub.1a2b.css` is `hub.css` with a digest.
    private static func parts(_ file: String) -> (name: String, digest: String)? {
        let pieces = file.split(separator: ".")
        guard pieces.count == 3 else { return pieces.count == 2 ? (file, "") : nil }
        return ("\(pieces[0]).\(pieces[2])", String(pieces[1]))
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "png": "image/png",
        "svg": "image/svg+xml",
    ]

    private static func read(_ directory: URL) throws -> [String: Asset] {
        guard let files = FileManager.default.enumerator(atPath: directory.path) else {
            throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: directory.path])
        }
        var assets: [String: Asset] = [:]
        for case let path as String in files {
            guard !path.contains(".esm."), let type = types[(path as NSString).pathExtension] else { continue }
            let data = try Data(contentsOf: directory.appending(path: path))
            let digest = SHA256.hash(data: data).prefix(8).map { String(format: "%02x", $0) }.joined()
            assets[path] = Asset(bytes: ByteBuffer(bytes: data), contentType: type, digest: digest)
        }
        return assets
    }
}
