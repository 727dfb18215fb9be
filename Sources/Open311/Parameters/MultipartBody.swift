/// `multipart/form-data`: fields and files in one body (rules P13, P14).
///
/// Source: RFC 7578 and RFC 2046 section 5.1. Files are slices of the body, so nothing is copied.
public struct MultipartBody: Sendable, Hashable {
    /// What a body may cost.
    public struct Limits: Sendable, Hashable {
        /// Most bytes of the whole body; 20 MiB.
        public var bytes: Int
        /// Most parts, fields and files together.
        public var parts: Int
        /// Most bytes of the headers of one part.
        public var headerBytes: Int
        /// Most bytes of all fields that are no files; 1 MiB, as for a form.
        public var textBytes: Int

        /// Limits for a body of ours.
        public init(
            bytes: Int = 20 << 20,
            parts: Int = 200,
            headerBytes: Int = 8192,
            textBytes: Int = 1 << 20
        ) {
            self.bytes = bytes
            self.parts = parts
            self.headerBytes = headerBytes
            self.textBytes = textBytes
        }
    }

    /// One file of the body.
    public struct File: Sendable, Hashable {
        /// Name of the form field: `media`, `photo1`.
        public let field: String
        /// Name the sender gave the file, without folders and control characters; never a path to write to.
        public let filename: String
        /// Media type the sender says it has; to be judged by the first bytes instead.
        public let contentType: String?
        /// The file itself, a slice of the body.
        public let bytes: ArraySlice<UInt8>
    }

    /// Parts that are no files, in their order.
    public let fields: [FormField]

    /// Parts with a file name and at least one byte; an empty file input of a page gives none.
    public let files: [File]

    /// Reads a body.
    ///
    /// - Parameter boundary: the parameter `boundary` of its content type.
    /// - Throws: ``Open311Faults``: 413 for a limit, 400 for the rest.
    public init(_ body: [UInt8], boundary: String, limits: Limits = Limits()) throws(Open311Faults) {
        guard body.count <= limits.bytes else { throw Open311Faults(.bodyTooLarge(limit: limits.bytes)) }
        // RFC 2046: 1 to 70 characters
        guard (1...70).contains(boundary.utf8.count) else {
            throw Open311Faults(Open311Fault(status: 400, "Content-Type must give a boundary of 1 to 70 characters"))
        }
        do throws(Open311Fault) {
            var scan = MultipartScan(body, boundary: boundary, limits: limits)
            try scan.run()
            fields = scan.fields
            files = scan.files
        } catch {
            throw Open311Faults(error)
        }
    }
}
