public import Foundation

extension TenantConfiguration {
    /// The JSON that is stored as a version: keys sorted, no white space, the same bytes for the same value.
    ///
    /// A digest of these bytes says whether anything changed.
    public func canonicalJSON() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }

    /// Reads what ``canonicalJSON()`` wrote, now or by an earlier program; every code and date is checked again.
    public init(canonicalJSON: Data) throws {
        self = try JSONDecoder().decode(TenantConfiguration.self, from: canonicalJSON)
    }
}
