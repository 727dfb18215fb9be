import Crypto
import Domain
import Foundation
import Routing
import Storage

/// How a mapping says to reach a body.
struct LoSTContact: Sendable, Hashable {
    let name: LocalizedText
    /// Each scheme at most once; the one to call first, because proxies take the first.
    let uris: [String]
    let serviceNumber: String?

    /// Changes exactly when the facts do.
    var fingerprint: String {
        let text = ([name.english, name.french, serviceNumber ?? ""] + uris).joined(separator: "\n")
        return Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
    }
}

extension LoSTScene {
    /// How to reach a lead; nil when it has no address of any kind.
    func contact(of lead: Lead) async throws -> LoSTContact? {
        let contact: LoSTContact
        switch lead {
        case .tenant(let id):
            guard let tenant = try await surroundings.directory.tenant(id) else { return nil }
            contact = LoSTContact(
                name: tenant.tenant.name.plain,
                uris: uris(sip: id.rawValue, phone: tenant.tenant.contact.phone, web: geoReport(of: id)),
                serviceNumber: services.serviceNumber
            )
        case .partner(let id):
            guard let partner = routing.partner(id, at: now) else { return nil }
            contact = LoSTContact(
                name: partner.name.plain,
                uris: uris(sip: id.rawValue, phone: partner.phone, web: partner.url),
                serviceNumber: partner.phone.flatMap { $0.count <= 3 && $0.allSatisfy(\.isNumber) ? $0 : nil }
            )
        case .undecided: return nil
        }
        return contact.uris.isEmpty ? nil : contact
    }

    private func uris(sip body: String, phone: String?, web: String?) -> [String] {
        let number = phone.flatMap { TelephoneURI.text(of: $0, countryCode: services.countryCode) }
        return [services.sip[body], number, web?.hasPrefix("https://") == true ? web : nil].compactMap(\.self)
    }

    /// GeoReport base of a tenant: at this deployment when it is reached over TLS, else at the address the region publishes.
    private func geoReport(of id: JurisdictionID) -> String {
        let own = surroundings.settings.publicBaseURL
        let base = own.scheme == "https" ? own.absoluteString : services.publicURL
        return "\(base.hasSuffix("/") ? String(base.dropLast()) : base)/open311/v2/t/\(id)"
    }
}

/// A telephone number as people write it as a `tel:` URI (RFC 3966).
enum TelephoneURI {
    /// The URI; nil when there is no number in the text.
    ///
    /// With `+` it is complete. Ten digits, or the country code and ten more, are a national number of a country numbered as North America
    /// is; anything else is dialled as it stands inside the country.
    static func text(of number: String, countryCode: String) -> String? {
        let digits = number.filter { $0.isASCII && ($0.isNumber || $0 == "*" || $0 == "#") }
        guard !digits.isEmpty else { return nil }
        if number.hasPrefix("+") { return "tel:+\(digits)" }
        if digits.count == 10 { return "tel:+\(countryCode)\(digits)" }
        if digits.count == 10 + countryCode.count, digits.hasPrefix(countryCode) { return "tel:+\(digits)" }
        return "tel:\(digits);phone-context=+\(countryCode)"
    }
}
