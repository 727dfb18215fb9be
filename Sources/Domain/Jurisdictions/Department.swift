/// A department of a tenant: the desk a service request is given to.
public struct Department: Sendable, Hashable, Codable {
    /// Code the tenant's catalogue and the agreement name it by.
    public let code: DepartmentCode

    /// Name as residents read it.
    public let name: LocalizedText

    /// Telephone in international form, when residents may call it directly.
    public let phone: String?

    /// Address that notices about new work are sent to.
    public let email: String?

    /// All parts.
    public init(code: DepartmentCode, name: LocalizedText, phone: String? = nil, email: String? = nil) {
        self.code = code
        self.name = name
        self.phone = phone
        self.email = email
    }
}
