/// The body of a POST, in any of the types GeoReport takes.
public struct RequestBody: Sendable, Hashable {
    /// Fields in their order.
    public let fields: [FormField]

    /// Files of a multipart body.
    public let files: [MultipartBody.File]

    /// Most bytes worth collecting for a content type before the body is read: 1 MiB, multipart 20 MiB (rule H7).
    public static func limit(contentType: String?) -> Int {
        HeaderValue(contentType ?? "").value == "multipart/form-data"
            ? MultipartBody.Limits().bytes : FormBody.Limits().bytes
    }

    /// Reads a body by its content type; none at all is taken for a form.
    ///
    /// - Throws: ``Open311Faults``: 415 for another type or an encoding other than UTF-8, 413 and 400 as the two types say.
    public init(contentType: String?, bytes: [UInt8]) throws(Open311Faults) {
        let header = HeaderValue(contentType ?? "")
        switch header.value {
        case "application/x-www-form-urlencoded", "":
            let charset = (header.parameters["charset"] ?? "utf-8").lowercased()
            guard ["utf-8", "utf8", "us-ascii"].contains(charset) else {
                throw Open311Faults(
                    Open311Fault(status: 415, "the body must be in UTF-8, not \(Open311Fault.shown(charset))")
                )
            }
            fields = try FormBody.fields(of: bytes)
            files = []
        case "multipart/form-data":
            let body = try MultipartBody(bytes, boundary: header.parameters["boundary"] ?? "")
            fields = body.fields
            files = body.files
        default:
            throw Open311Faults(
                Open311Fault(
                    status: 415,
                    "the body must be application/x-www-form-urlencoded or multipart/form-data, not "
                        + Open311Fault.shown(header.value)
                )
            )
        }
    }
}
