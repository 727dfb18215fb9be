import Domain
import LoST

/// Holds a civic address against what is known (RFC 5222, section 8.4.2).
struct ValidateCivicAddress: Sendable {
    let scene: LoSTScene

    /// The three lists; without an address register a warning instead.
    func callAsFunction(_ civic: CivicPlace) -> (validation: LocationValidation?, warnings: [LoSTWarning]) {
        (
            nil,
            [
                LoSTWarning(
                    .locationValidationUnavailable,
                    "no address register is loaded, so only the municipality was looked up"
                )
            ]
        )
    }
}
