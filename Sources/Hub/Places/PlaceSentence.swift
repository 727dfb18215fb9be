import Domain

/// Whose place it is, in one sentence: inside, on a border, between two surveys, outside, or not known.
struct PlaceSentence {
    let text: LocalizedText

    init(_ verdict: PlaceVerdict, _ areas: [PlaceDescription.Area]) {
        switch verdict {
        case .inside:
            let name = areas.first.map(Self.subject) ?? LocalizedText(same: "")
            text = LocalizedText(
                english: "This place is in \(name.english).",
                french: "Cet endroit se trouve dans \(name.french)."
            )
        case .contested:
            let names = areas.map(Self.subject)
            text = LocalizedText(
                english: "This place is on a border, or two surveys overlap here. It may be in "
                    + Self.list(names.map(\.english), last: "or") + ".",
                french: "Cet endroit est à une limite, ou deux levés s’y chevauchent. Il peut se trouver dans "
                    + Self.list(names.map(\.french), last: "ou") + "."
            )
        case .gap(let nearest):
            let names = nearest.map { "\($0.area.name) (\(Self.metres($0.metres)) m)" }
            text = LocalizedText(
                english: "This place is between two surveys: no municipality's border takes it in. Nearest: "
                    + Self.list(names, last: "and") + ".",
                french: "Cet endroit est entre deux levés : aucune limite municipale ne le comprend. Le plus près : "
                    + Self.list(names, last: "et") + "."
            )
        case .outside(let nearest):
            let name = nearest.first.map { $0.area.name }
            text = LocalizedText(
                english: "This place is outside every municipality we know."
                    + (name.map { " Nearest: \($0)." } ?? ""),
                french: "Cet endroit est hors de toute municipalité que nous connaissons."
                    + (name.map { " Le plus près : \($0)." } ?? "")
            )
        case .unknown:
            text = LocalizedText(
                english: "We do not know yet whose place this is.",
                french: "Nous ne savons pas encore de qui relève cet endroit."
            )
        }
    }

    private static func subject(_ area: PlaceDescription.Area) -> LocalizedText {
        area.body?.name.withArticle ?? LocalizedText(same: area.area.name)
    }

    private static func metres(_ metres: Double) -> Int { max(1, Int(metres.rounded())) }

    /// `a`, `a or b`, `a, b or c`.
    private static func list(_ names: [String], last: String) -> String {
        guard let final = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " \(last) \(final)"
    }
}
