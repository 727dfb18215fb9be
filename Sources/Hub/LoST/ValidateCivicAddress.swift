import Domain
import LoST

/// Holds a civic address against what is known (RFC 5222, section 8.4.2): what selected the mapping is valid, what was compared and does not fit
/// is invalid, the rest is unchecked.
struct ValidateCivicAddress: Sendable {
    /// The three lists; without a register of addresses a warning instead.
    func callAsFunction(_ civic: CivicPlace) -> (validation: LocationValidation?, warnings: [LoSTWarning]) {
        guard civic.register.isAvailable else {
            let warning = LoSTWarning(
                .locationValidationUnavailable,
                "no register of addresses is loaded, so only the municipality was looked up"
            )
            return (nil, [warning])
        }
        let invalid = civic.invalid + civic.register.invalid
        let valid = (civic.valid + civic.register.valid).filter { !invalid.contains($0) }
        let sent = stride(from: 0, to: civic.address.count - 1, by: 2).map { civic.address[$0] }
        let unchecked = sent.filter { !valid.contains($0) && !invalid.contains($0) }
        return (LocationValidation(valid: valid, invalid: invalid, unchecked: unchecked), [])
    }
}
