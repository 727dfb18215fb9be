import Foundation

/// The small stylesheet that sets a tenant's colour: an address of its own, because pages hold no inline style.
///
/// The colour is used in the header bar and a side stripe only. Text on it is black or white, whichever is stronger; one of the
/// two always reaches √21 ≈ 4.58, so no town's colour can break a page (WCAG 2.2, 1.4.3).
struct BrandSheet: Sendable, Hashable {
    /// Six hexadecimal digits, lower case.
    let digits: String

    /// A sheet for `#1f4e79`; nil for anything that is no colour.
    init?(colour: String) {
        let bare = colour.hasPrefix("#") ? colour.dropFirst() : colour[...]
        guard bare.utf8.count == 6, bare.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        digits = bare.lowercased()
    }

    /// Its address.
    var address: String { "/assets/brand/\(digits).css" }

    /// Black or white, whichever has more contrast with the colour.
    var textColour: String { contrastWithWhite >= contrastWithBlack ? "#ffffff" : "#000000" }

    /// The sheet.
    var text: String { ":root{--brand:#\(digits);--on-brand:\(textColour)}\n" }

    /// Contrast of the text on the colour.
    var contrast: Double { max(contrastWithWhite, contrastWithBlack) }

    private var contrastWithWhite: Double { 1.05 / (luminance + 0.05) }
    private var contrastWithBlack: Double { (luminance + 0.05) / 0.05 }

    /// Relative luminance, WCAG 2.2 glossary.
    private var luminance: Double {
        let value = Int(digits, radix: 16) ?? 0
        func linear(_ part: Int) -> Double {
            let share = Double(part & 0xFF) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(value >> 16) + 0.7152 * linear(value >> 8) + 0.0722 * linear(value)
    }
}
