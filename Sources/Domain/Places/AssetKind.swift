/// What kind of thing an asset is: a closed list, so that every tenant's register and every rule means the same by a word.
///
/// Source: the `@asset` types of the catalogue facts, and the assets that tier rules look at.
public enum AssetKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// A street light, its pole included.
    case light
    /// A traffic signal, its own lighting included.
    case signal
    /// A fire hydrant.
    case hydrant
    /// A bridge, its guide rails included.
    case bridge
    /// A culvert.
    case culvert
    /// A catch basin.
    case catchBasin = "catch_basin"
    /// A tree that a municipality keeps.
    case tree
    /// A bus stop with its pad and shelter.
    case busStop = "bus_stop"
    /// A public litter bin.
    case litterBin = "litter_bin"
    /// A playground.
    case playground
    /// A bench, a fence, a fountain, a washroom in a park.
    case parkFurniture = "park_furniture"

    /// How far an asset may lie from the place to be the one meant, in metres.
    ///
    /// A position in town is 5 to 20 m off (domain facts, section 5), and some things are larger than others.
    public var toleranceMetres: Double {
        switch self {
        case .tree, .litterBin, .catchBasin: 15
        case .hydrant, .busStop, .culvert: 20
        case .light: 25
        case .signal, .bridge, .playground, .parkFurniture: 30
        }
    }

    /// Whether it is part of a road, so that the roads near the place say whose it is where the register knows no such asset.
    public var isPartOfRoad: Bool {
        switch self {
        case .light, .signal, .bridge, .culvert, .catchBasin, .tree: true
        case .hydrant, .busStop, .litterBin, .playground, .parkFurniture: false
        }
    }

    /// What people call it: `street light`, `lampadaire`.
    public var name: LocalizedText {
        switch self {
        case .light: LocalizedText(english: "street light", french: "lampadaire")
        case .signal: LocalizedText(english: "traffic signal", french: "feu de circulation")
        case .hydrant: LocalizedText(english: "hydrant", french: "borne-fontaine")
        case .bridge: LocalizedText(english: "bridge", french: "pont")
        case .culvert: LocalizedText(english: "culvert", french: "ponceau")
        case .catchBasin: LocalizedText(english: "catch basin", french: "puisard")
        case .tree: LocalizedText(english: "tree", french: "arbre")
        case .busStop: LocalizedText(english: "bus stop", french: "arrêt d’autobus")
        case .litterBin: LocalizedText(english: "litter bin", french: "poubelle publique")
        case .playground: LocalizedText(english: "playground", french: "aire de jeu")
        case .parkFurniture: LocalizedText(english: "park equipment", french: "équipement de parc")
        }
    }

    /// What is asked when several are in reach.
    ///
    /// `Which street light do you mean?`
    public var which: LocalizedText {
        let isFeminine = [.hydrant, .litterBin, .playground].contains(self)
        return LocalizedText(
            english: "Which \(name.english) do you mean?",
            french: (isFeminine ? "De quelle " : "De quel ") + name.french + " parlez-vous?"
        )
    }
}
