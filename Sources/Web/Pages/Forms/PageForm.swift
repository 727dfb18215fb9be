import Domain
import Foundation
import Hummingbird
import NIOCore
import Open311

/// The fields of a page's form, as they were sent: by GET in the address, by POST as a form or with photos as multipart.
struct PageForm: Sendable {
    /// A picture that was attached.
    struct File: Sendable {
        /// Name of the file input.
        let field: String
        /// What was sent.
        let data: Data
    }

    /// Largest form with photos: three of 10 MiB and the text.
    static let largest = 32 << 20

    /// Attached files, in order; empty inputs give none.
    let files: [File]

    private let fields: [String: [String]]

    /// A form from fields that are known.
    init(_ fields: [String: [String]] = [:], files: [File] = []) {
        self.fields = fields
        self.files = files
    }

    /// Reads the query of a GET.
    init(query request: Request) throws {
        let fields = try Self.reading { () throws(Open311Faults) in
            try FormBody.fields(ofQuery: request.uri.query ?? "")
        }
        self.init(Self.grouped(fields))
    }

    /// Reads the body of a POST.
    init(body request: Request) async throws {
        let boundary = Self.boundary(request.headers[.contentType] ?? "")
        let isMultipart = boundary != nil
        let buffer = try await request.body(limit: isMultipart ? Self.largest : 1 << 20)
        let bytes = Array(buffer.readableBytesView)
        guard let boundary else {
            let body = try Self.reading { () throws(Open311Faults) in
                try Open311.RequestBody(contentType: request.headers[.contentType], bytes: bytes)
            }
            self.init(Self.grouped(body.fields))
            return
        }
        let body = try Self.reading { () throws(Open311Faults) in
            try MultipartBody(
                bytes,
                boundary: boundary,
                limits: MultipartBody.Limits(bytes: Self.largest)
            )
        }
        self.init(Self.grouped(body.fields), files: body.files.map { File(field: $0.field, data: Data($0.bytes)) })
    }

    /// The first value of a field without blanks around it; nil when there is none or it is blank.
    subscript(_ name: String) -> String? {
        guard let text = fields[name]?.first?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else {
            return nil
        }
        return text
    }

    /// The first value of a field just as it was sent, blanks and all; nil when there is none.
    func raw(_ name: String) -> String? { fields[name]?.first }

    /// Every value of a field that is not blank.
    func all(_ name: String) -> [String] {
        (fields[name] ?? []).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
    }

    /// Whether the field was sent at all, be it blank.
    func has(_ name: String) -> Bool { fields[name] != nil }

    /// The boundary of a multipart body, blank when it is missing; nil for every other body.
    private static func boundary(_ contentType: String) -> String? {
        let pieces = contentType.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        guard pieces.first?.lowercased() == "multipart/form-data" else { return nil }
        let stated = pieces.dropFirst().first { $0.lowercased().hasPrefix("boundary=") }
        return (stated?.dropFirst("boundary=".count) ?? "").trimmingCharacters(in: ["\""])
    }

    private static func grouped(_ fields: [FormField]) -> [String: [String]] {
        Dictionary(fields.map { ($0.name, [$0.value]) }, uniquingKeysWith: +)
    }

    /// What a body reader refuses is a page's fault too, in plain words; the reader's own words are for software.
    private static func reading<Value>(_ read: () throws(Open311Faults) -> Value) throws -> Value {
        do {
            return try read()
        } catch {
            guard error.status != 413 else { throw HTTPFault.tooLarge(largest) }
            throw HTTPFault(
                error.status == 415 ? .unsupportedMediaType : .badRequest,
                english: "the form could not be read",
                french: "le formulaire n’a pas pu être lu"
            )
        }
    }
}
