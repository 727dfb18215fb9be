import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird
import HummingbirdTesting
import Open311
import TestSupport
import Testing

/// A client of the region's routes, as other software is one.
struct RegionCaller: Sendable {
    let client: any TestClientProtocol
    let clock: FixedClock
    let region: DemonstrationRegion
    let surroundings: Surroundings

    /// A point of Brindle Bay on one of its own streets, where its own types are its own matter.
    static let here = [("lat", "44.1016"), ("long", "-79.18")]

    /// What a good request to Brindle Bay holds.
    static let pothole =
        [("jurisdiction_id", "brindle-bay"), ("service_code", "BB:WEED"), ("description", "Weeds on the beach")] + here

    /// Answers that `BB:DOCK` requires.
    static let dockAnswers = [("attribute[PLACE]", "town-dock"), ("attribute[WRONG][]", "boards")]

    /// Sends anything.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: HTTPFields = [:],
        body: [UInt8] = []
    ) async throws -> Answer {
        let response = try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: body.isEmpty ? nil : ByteBuffer(bytes: body)
        )
        return Answer(response)
    }

    /// Gets a resource of Open311.
    func get(
        _ resource: String,
        _ format: Format = .json,
        in tenant: String? = "brindle-bay",
        _ query: [(String, String)] = []
    ) async throws -> Answer {
        let all = (tenant.map { [("jurisdiction_id", $0)] } ?? []) + query
        return try await send(.get, "/open311/v2/\(resource).\(format)?\(Self.form(all))")
    }

    /// Posts a form to a resource of Open311.
    func post(
        _ resource: String = "requests",
        _ format: Format = .json,
        _ fields: [(String, String)],
        key: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        var headers = headers
        headers[.contentType] = headers[.contentType] ?? "application/x-www-form-urlencoded"
        let all = [("api_key", key ?? region.key)] + fields
        return try await send(.post, "/open311/v2/\(resource).\(format)", headers, body: Array(Self.form(all).utf8))
    }

    /// Posts a good request and gives its id.
    func posted(_ changes: [(String, String)] = [], at service: String = "BB:WEED") async throws -> String {
        let changed = Set(changes.map(\.0) + ["service_code"])
        let fields = Self.pothole.filter { !changed.contains($0.0) } + [("service_code", service)] + changes
        let answer = try await post("requests", .json, fields)
        try #require(answer.status == 200, "\(answer.text)")
        return try #require(answer.tree[0]?["service_request_id"]?.string)
    }

    /// One request as its jurisdiction shows it.
    func read(
        _ id: String,
        in tenant: String = "brindle-bay",
        _ format: Format = .json,
        extended: Bool = false
    ) async throws -> Tree {
        let answer = try await get("requests/\(id)", format, in: tenant, extended ? [("extensions", "true")] : [])
        try #require(answer.status == 200, "\(answer.text)")
        return try #require(answer.tree[0])
    }

    /// Fields as a form.
    static func form(_ fields: [(String, String)]) -> String {
        String(decoding: FormBody.encoded(fields.map { FormField($0.0, $0.1) }), as: UTF8.self)
    }

    /// Fields and files as a multipart body with the boundary `edge`.
    static func multipart(_ fields: [(String, String)], files: [(field: String, name: String, data: [UInt8])])
        -> [UInt8]
    {
        var bytes: [UInt8] = []
        for (name, value) in fields {
            bytes += Array("--edge\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for file in files {
            let head =
                "--edge\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n"
            bytes += Array(head.utf8) + file.data + Array("\r\n".utf8)
        }
        return bytes + Array("--edge--\r\n".utf8)
    }
}

/// What came back.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let text: String

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        text = String(buffer: response.body)
    }

    /// The body as a tree, whichever of the two formats it is in.
    var tree: Tree {
        headers[.contentType]?.contains("json") == true ? Tree(json: text) : Tree(xml: text)
    }

    /// Descriptions of an errors body; empty when it is none.
    var faults: [String] {
        tree.list.compactMap { $0["code"] != nil ? $0["description"]?.string : nil }
    }

    /// Whether this is an errors body of one HTTP status whose words name something.
    func isFault(_ status: Int, naming word: String = "") -> Bool {
        self.status == status && !faults.isEmpty
            && tree.list.allSatisfy { $0["code"]?.string.hasPrefix(String(status)) == true }
            && (word.isEmpty || faults.contains { $0.contains(word) })
    }
}
