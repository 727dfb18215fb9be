import Domain
import Foundation
import Hub
import Hummingbird
import Open311
import Storage

/// One request to a jurisdiction: its parameters read, its jurisdiction found, its format known.
///
/// There is no exchange without a tenant: the initialiser throws when the jurisdiction is missing or unknown.
struct Open311Exchange: Sendable {
    let request: Request
    let format: Format
    let parameters: ParameterSet
    /// Files of a multipart body.
    let files: [MultipartBody.File]
    let tenant: HostedTenant
    /// What this client may still do; nil when nothing of it is counted.
    let gate: RequestGate?

    /// Language of the tenant's own texts.
    var language: Language { tenant.tenant.languages.first ?? .english }

    init(
        _ request: Request,
        path: Open311Path,
        format: Format,
        gate: RequestGate?,
        surroundings: Surroundings
    ) async throws {
        self.request = request
        self.gate = gate
        self.format = format
        if request.method == .post {
            let type = request.headers[.contentType]
            let buffer = try await request.body(limit: Open311.RequestBody.limit(contentType: type))
            let body = try Open311.RequestBody(contentType: type, bytes: Array(buffer.readableBytesView))
            parameters = ParameterSet(query: try FormBody.fields(ofQuery: request.uri.query ?? ""), body: body.fields)
            files = body.files
        } else {
            parameters = try ParameterSet(queryString: request.uri.query)
            files = []
        }
        tenant = try await Self.tenant(path, parameters, surroundings)
    }

    private static func tenant(
        _ path: Open311Path,
        _ parameters: ParameterSet,
        _ surroundings: Surroundings
    ) async throws -> HostedTenant {
        let named: String?
        do {
            named = try parameters.jurisdictionID()
        } catch {
            throw Open311Faults(error)
        }
        guard let id = path.tenant ?? named else { throw Open311Faults(.jurisdictionMissing) }
        guard let jurisdiction = JurisdictionID(rawValue: id),
            let tenant = try await surroundings.directory.tenant(jurisdiction)
        else { throw Open311Faults(.jurisdictionUnknown) }
        guard path.tenant == nil || named == nil || named == id else {
            throw Open311Faults(
                JurisdictionID(rawValue: named ?? "").map { surroundings.directory.isActive($0) } == true
                    ? .bad("jurisdiction_id", "must be \(id) below this path, or be left out") : .jurisdictionUnknown
            )
        }
        return tenant
    }

    /// The client of the key that came with a POST.
    ///
    /// - Throws: 403 when the key is missing, unknown or without the right here, or when the tenant takes no posts: all alike.
    func client(right: APIRight, _ surroundings: Surroundings) async throws -> ClientIdentity {
        let key: String?
        do {
            key = try parameters.apiKey(authorization: request.headers[.authorization])
        } catch {
            throw Open311Faults(error)
        }
        guard right != .submit || tenant.tenant.policies.open311Posting else { throw Open311Faults(.keyRefused) }
        guard let key, let client = try await AuthenticateKey(surroundings)(key, for: tenant, right: right) else {
            throw Open311Faults(.keyRefused)
        }
        try gate?.admit(key: client.id)
        return client
    }
}
