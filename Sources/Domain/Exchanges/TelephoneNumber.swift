/// A caller's or a dialled number as signalling, a form or a person writes it, read into what it is.
///
/// Every text gives a value: a call is answered whatever its number says. What is no number says why.
public enum TelephoneNumber: Sendable, Hashable {
    /// A ten-digit number of the North American plan.
    case national(NationalNumber)
    /// A service code of three digits ending in 11: `311`, `911`.
    case service(String)
    /// Another short code, 3 to 6 digits, with `*` and `#`.
    case short(String)
    /// A number of another country, digits with country code and without plus.
    case foreign(String)
    /// The caller withheld it, or there was none.
    case withheld
    /// No number; the reason in words.
    case malformed(LocalizedText)

    /// Reads a text.
    ///
    /// Takes international form, national form with any usual punctuation, `sip:`, `sips:` and `tel:` addresses with display name,
    /// angle brackets and parameters (RFC 3261, RFC 3966), extensions (dropped), and full-width digits.
    /// A blank before the digits counts as `+`, since that is what a query string makes of an unescaped one.
    public init(_ text: String?) {
        guard let text else {
            self = .withheld
            return
        }
        self = NumberReading(text).number
    }

    /// The six digits that name an exchange; nil when it is no ten-digit number.
    public var code: CentralOfficeCode? {
        if case .national(let number) = self { number.code } else { nil }
    }

    /// The ten-digit number; nil when it is none.
    public var national: NationalNumber? {
        if case .national(let number) = self { number } else { nil }
    }

    /// Whether it is the emergency number, which is never transferred and never routed here.
    public var isEmergency: Bool { self == .service("911") }

    /// The kind in one word, for software and figures.
    public var kind: String {
        switch self {
        case .national: "national"
        case .service: "service"
        case .short: "short"
        case .foreign: "foreign"
        case .withheld: "withheld"
        case .malformed: "malformed"
        }
    }

    /// What may stand in a log: no digit that tells one subscriber from another.
    public var masked: String {
        switch self {
        case .national(let number): number.masked
        case .service(let digits): digits
        case .short, .foreign, .withheld, .malformed: kind
        }
    }
}
