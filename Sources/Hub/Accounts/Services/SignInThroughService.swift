import Crypto
public import Domain
public import Foundation
import Logging
public import Storage

/// Signs a person in through their body's own service: Authorization Code with PKCE (OpenID Connect Core 1.0, 3.1; RFC 7636, RFC 9207).
///
/// The issuer is the one the sign-in began with, never one that an answer names; a person is who the issuer says under its `sub`, never
/// an e-mail address; what they are here follows from their groups, anew with each sign-in.
public struct SignInThroughService: Sendable {
    /// Where to send the browser, and what ties the journey to it.
    public struct Departure: Sendable, Hashable {
        /// The service's address.
        public let address: String
        /// For a cookie.
        public let browser: String
    }

    /// What coming back led to.
    public enum Arrival: Sendable, Hashable {
        /// In; and where the person wanted to go, blank for the first page.
        case opened(OpenedSession, returnTo: String)
        /// Not in, for whatever reason; the log knows which.
        case refused
        /// The service knows the person, and none of their groups means anything here.
        case noPart
    }

    /// Seconds within which the person must come back.
    static let longest: TimeInterval = 600

    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Sends a person away; nil when the service is not known here or does not answer.
    public func depart(
        to service: SignInService,
        of tenant: HostedTenant,
        _ visitor: Visitor,
        returnAddress: String,
        returnTo: String,
        asksAgain: Bool = false
    ) async throws -> Departure? {
        let now = surroundings.now()
        guard let exchange = surroundings.signIn.exchange,
            let document = await surroundings.signIn.issuers.document(of: service.issuer, now: now, exchange)
        else { return nil }
        let (state, browser, nonce) = (SecretToken.make(), SecretToken.make(), SecretToken.make())
        let verifier = SecretToken.make() + SecretToken.make()
        let journey = StoredJourney(
            browserHash: SecretToken.hash(browser),
            face: visitor.face,
            jurisdiction: tenant.id,
            issuer: service.issuer,
            nonce: nonce,
            verifier: verifier,
            returnTo: returnTo
        )
        try await surroundings.databases.withHub { transaction in
            try await Journeys(transaction).insert(
                journey,
                stateHash: SecretToken.hash(state),
                now: now,
                expiresAt: now.addingTimeInterval(Self.longest)
            )
        }
        let challenge = Base64URL.text(Data(SHA256.hash(data: Data(verifier.utf8))))
        var query = [
            ("response_type", "code"), ("client_id", service.clientID), ("redirect_uri", returnAddress),
            ("scope", "openid profile"), ("state", state), ("nonce", nonce), ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ]
        if asksAgain { query.append(("prompt", "login")) }
        let mark = document.authorization.contains("?") ? "&" : "?"
        return Departure(address: document.authorization + mark + Self.form(query), browser: browser)
    }

    /// Takes a person back.
    ///
    /// - Parameters:
    ///   - state: what came back as `state`; good once.
    ///   - issuer: what came back as `iss`; nil when the service does not say.
    ///   - browser: the cookie of the browser that comes back.
    public func arrive(
        code: String,
        state: String,
        issuer: String?,
        browser: String,
        of tenant: HostedTenant,
        _ visitor: Visitor,
        returnAddress: String
    ) async throws -> Arrival {
        let now = surroundings.now()
        guard let exchange = surroundings.signIn.exchange, state.utf8.count == 26 else { return .refused }
        let journey = try await surroundings.databases.withHub { transaction in
            try await Journeys(transaction).take(stateHash: SecretToken.hash(state), now: now)
        }
        guard let journey, journey.browserHash == SecretToken.hash(browser), journey.face == visitor.face,
            journey.jurisdiction == tenant.id
        else { return refuse("state", tenant) }
        if let issuer, issuer != journey.issuer { return refuse("issuer of the answer", tenant) }
        guard let service = tenant.tenant.signIn?.first(where: { $0.issuer == journey.issuer }) else {
            return refuse("service", tenant)
        }
        guard !code.isEmpty, code.utf8.count <= 2000,
            let token = await fetchToken(code, journey, service, returnAddress, exchange, now: now)
        else { return refuse("code", tenant) }
        guard let id = IDToken.keyID(of: token),
            let keys = await surroundings.signIn.issuers.keys(of: service.issuer, naming: id, now: now, exchange)
        else { return refuse("unknownKey", tenant) }
        let identity: IDToken
        do throws(IDToken.Refusal) {
            identity = try IDToken(
                token,
                keys: keys,
                IDToken.Expectation(
                    issuer: service.issuer,
                    clientID: service.clientID,
                    nonce: journey.nonce,
                    groupsClaim: service.groupsClaim,
                    now: now
                )
            )
        } catch {
            return refuse(error.rawValue, tenant)
        }
        return try await open(identity, service, tenant, visitor, returnTo: journey.returnTo)
    }

    private func fetchToken(
        _ code: String,
        _ journey: StoredJourney,
        _ service: SignInService,
        _ returnAddress: String,
        _ exchange: SignInExchange,
        now: Date
    ) async -> String? {
        guard let document = await surroundings.signIn.issuers.document(of: service.issuer, now: now, exchange) else {
            return nil
        }
        var form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", returnAddress),
            ("client_id", service.clientID), ("code_verifier", journey.verifier),
        ]
        if let variable = service.secretVariable {
            guard let secret = exchange.secret(variable) else { return nil }
            form.append(("client_secret", secret))
        }
        guard let bytes = await exchange.post(document.token, form),
            let object = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]
        else { return nil }
        return object["id_token"] as? String
    }

    /// Finds or makes the account of (issuer, subject), gives it what its groups mean, opens the session.
    private func open(
        _ identity: IDToken,
        _ service: SignInService,
        _ tenant: HostedTenant,
        _ visitor: Visitor,
        returnTo: String
    ) async throws -> Arrival {
        let now = surroundings.now()
        let membership = service.membership(of: identity.groups, in: tenant.id, isHub: tenant.isHub)
        let fresh = Account(
            id: AccountID.make(),
            // A name nobody can type: what the service says of e-mail addresses links nothing.
            signInName: SignInName(trusted: "\(SecretToken.make())@\(service.code).invalid"),
            displayName: identity.name ?? service.name.english,
            language: tenant.tenant.languages.first ?? .english,
            state: .active,
            createdAt: now,
            createdBy: "service:\(tenant.id)/\(service.code)"
        )
        let found = try await surroundings.databases.withHub { transaction -> (Account, [Membership])? in
            let accounts = Accounts(transaction)
            var account = fresh
            if let known = try await accounts.account(issuer: service.issuer, subject: identity.subject) {
                guard let stored = try await accounts.read(known)?.account, stored.state == .active else { return nil }
                account = stored
            } else {
                guard membership != nil else { return (fresh, []) }
                try await accounts.insert(fresh)
                try await accounts.link(issuer: service.issuer, subject: identity.subject, to: fresh.id, now: now)
            }
            let memberships = Memberships(transaction)
            if let membership {
                try await memberships.put(membership, of: account.id, by: "service:\(service.code)", now: now)
            } else {
                _ = try await memberships.remove(tenant.id, of: account.id)
            }
            return (account, try await memberships.of(account.id))
        }
        guard let (account, memberships) = found else { return refuse("account", tenant) }
        let opened = try await OpenSession(surroundings)(
            account.id,
            stage: .full,
            means: .signInService,
            // What the person is elsewhere does not follow from this service's word.
            memberships: memberships.filter { $0.jurisdiction == tenant.id },
            visitor
        )
        return opened.map { .opened($0, returnTo: returnTo) } ?? .noPart
    }

    private func refuse(_ reason: String, _ tenant: HostedTenant) -> Arrival {
        surroundings.log.notice("sign-in service refused", metadata: ["tenant": "\(tenant.id)", "reason": "\(reason)"])
        return .refused
    }

    private static func form(_ fields: [(String, String)]) -> String {
        fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }.joined(separator: "&")
    }
}

extension AccountID {
    /// A new id.
    static func make() -> AccountID {
        AccountID(trusted: String(SecretToken.make().map { "89".contains($0) ? "a" : $0 }.prefix(12)))
    }
}
