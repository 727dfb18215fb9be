/// The parameters of one request, from query and body together.
///
/// A parameter that is there but empty is the same as one that is not there; unknown ones are never looked at
/// (rules J3, E3, P16). On a POST only `jurisdiction_id` and `api_key` are taken from the query (rule J5).
public struct ParameterSet: Sendable, Hashable {
    private let fields: [FormField]
    private let credentials: [FormField]

    /// Parameters of a GET.
    public init(query: [FormField]) {
        fields = query
        credentials = query
    }

    /// Parameters of a POST.
    public init(query: [FormField], body: [FormField]) {
        fields = body
        credentials = query + body
    }

    /// Parameters of a GET from its query string, without the `?`.
    ///
    /// - Throws: ``Open311Faults`` for bytes that are no text.
    public init(queryString: String?) throws(Open311Faults) {
        self.init(query: try FormBody.fields(ofQuery: queryString ?? ""))
    }

    /// Every field that holds something, in its order.
    public var all: [FormField] { fields.filter { !$0.value.isEmpty } }

    /// Texts of a name, empty ones left out.
    public func values(_ name: String) -> [String] {
        fields.compactMap { $0.name == name && !$0.value.isEmpty ? $0.value : nil }
    }

    /// First text of a name as it was sent; nil when there is none or it is empty.
    public func text(_ name: String) -> String? {
        fields.first { $0.name == name && !$0.value.isEmpty }?.value
    }

    /// First text of a name without blanks round it; nil when nothing is left.
    public func word(_ name: String) -> String? {
        fields.lazy.filter { $0.name == name }.map(\.value.trimmed).first { !$0.isEmpty }
    }

    /// Members of a comma list; a name given several times adds up, blanks round commas are dropped, and so are repetitions.
    public func list(_ name: String) -> [String] {
        var seen: Set<String> = []
        return fields.lazy
            .filter { $0.name == name }
            .flatMap { $0.value.split(separator: ",").map(\.trimmed) }
            .filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// `jurisdiction_id`, from query or body.
    ///
    /// - Throws: 400 when two different ones were given.
    public func jurisdictionID() throws(Open311Fault) -> String? {
        try single("jurisdiction_id")
    }

    /// `api_key`, from query, body or the header `Authorization: Bearer` (rule P17).
    ///
    /// - Throws: 400 when two different ones were given.
    public func apiKey(authorization: String? = nil) throws(Open311Fault) -> String? {
        try single("api_key", and: Self.bearer(authorization))
    }

    /// `service_code` of a POST.
    public var serviceCode: String? { word("service_code") }

    private func single(_ name: String, and other: String? = nil) throws(Open311Fault) -> String? {
        let given = credentials.lazy.filter { $0.name == name }.map(\.value.trimmed) + [other ?? ""]
        let different = Set(given.filter { !$0.isEmpty })
        guard different.count <= 1 else { throw .bad(name, "is given twice with different values; send it once") }
        return different.first
    }

    private static func bearer(_ authorization: String?) -> String? {
        guard let authorization else { return nil }
        let words = authorization.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return words[1].trimmed
    }
}
