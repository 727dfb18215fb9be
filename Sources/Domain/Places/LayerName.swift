/// Name of a boundary layer: `municipality`, `upper_tier`, `ward`, `police`, or any other a region brings.
public struct LayerName: CheckedText {
    /// Lower-case letters, digits and underscores, a letter first.
    public let rawValue: String

    /// A name that was checked when it was stored.
    public init(trusted: String) { rawValue = trusted }

    /// Towns, townships, cities: who answers for most things.
    public static let municipality = LayerName(trusted: "municipality")

    /// Region or county.
    public static let upperTier = LayerName(trusted: "upper_tier")

    /// Electoral wards inside a municipality.
    public static let ward = LayerName(trusted: "ward")

    /// Names that head other columns of the CSV a look-up writes.
    public static let reserved: Set<String> = [
        "id", "lat", "lon", "municipality_verdict", "municipality_decided", "nearest", "nearest_m", "error",
    ]

    /// The form in words.
    public static let form = LocalizedText(
        english: "1 to 40 of a-z, 0-9 and underscore, a letter first; not id, lat, lon, nearest or error",
        french:
            "de 1 à 40 caractères parmi a-z, 0-9 et _, une lettre d’abord; ni id, ni lat, ni lon, ni nearest, ni error"
    )

    /// Whether the text may name a layer.
    public static func isWellFormed(_ text: String) -> Bool {
        let bytes = text.utf8
        guard bytes.count <= 40, let first = bytes.first, (0x61...0x7A).contains(first) else { return false }
        return bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
            && !reserved.contains(text)
    }
}
