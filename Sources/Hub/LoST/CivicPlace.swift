import Domain
import Foundation
import Geo
import LoST
import Routing

/// What a civic address tells of the place: the municipalities it may mean, and which of its elements said so.
struct CivicPlace: Sendable, Hashable {
    /// Municipalities, members and others, in the stated order; empty when none is meant.
    let towns: [CoveringArea]
    /// Elements that selected the municipality.
    let valid: [String]
    /// Elements that were compared and do not fit.
    let invalid: [String]
    /// What the register of addresses knows of the rest.
    let register: CivicRegister
    /// The address as it was sent, name and text by turns.
    let address: [String]
    /// Its elements above the municipality that were right.
    let above: [String]
    /// The municipality as it was sent; nil when only what is above it was.
    let city: String?

    /// Elements that every address of a municipality has in common.
    func part(in town: CoveringArea) -> [String] {
        above + ["A3", city ?? cityName(of: town)]
    }

    /// The address as it was sent; where it names no city, with the municipality that the mapping is for.
    func full(in town: CoveringArea) -> [String] { city == nil ? address + ["A3", cityName(of: town)] : address }

    private func cityName(of town: CoveringArea) -> String { PlaceName.bare(town.name).first ?? town.name }
}

extension LoSTScene {
    /// The municipalities a civic address means: by its city (A3) or, without one, by its county or region (A2).
    ///
    /// Names are compared without regard to case and outer blanks (C6): those of the boundary file, of tenants and partners in both languages,
    /// and the same without what kind of place it is ("Town of", « Ville de »).
    func civicPlace(_ address: CivicAddress) throws -> CivicPlace {
        var valid: [String] = []
        var invalid: [String] = []
        func compare(_ name: String, _ accepted: [String]) {
            guard let value = address[name], !accepted.isEmpty else { return }
            if accepted.contains(where: { PlaceName.isSame($0, value) }) {
                valid.append(name)
            } else {
                invalid.append(name)
            }
        }
        compare("country", [services.country])
        compare("A1", services.provinces)
        let isElsewhere = !invalid.isEmpty
        let regions =
            address["A2"].map { name in outlines.areas(in: .upperTier).filter { isCalled($0.area, name) } } ?? []
        if address["A2"] != nil { if regions.isEmpty { invalid.append("A2") } else { valid.append("A2") } }
        var towns: [CoveringArea] = []
        if let city = address["A3"] {
            towns = outlines.areas(in: .municipality).map(\.area).filter { isCalled($0, city) }
            if towns.isEmpty { invalid.append("A3") } else { valid.append("A3") }
        } else {
            towns = try regions.flatMap { try self.towns(of: $0) }
        }
        let above = ["country", "A1"].filter(valid.contains)
        return CivicPlace(
            towns: isElsewhere ? [] : towns,
            valid: valid,
            invalid: invalid,
            register: CivicRegister(address, in: towns, surroundings),
            address: Self.flat(address.elements),
            above: Self.flat(address.elements.filter { above.contains($0.name) }),
            city: address["A3"]
        )
    }

    private static func flat(_ elements: [CivicAddress.Element]) -> [String] {
        if case .civic(let parts) = MappingArea.civic(CivicAddress(elements)) { parts } else { [] }
    }

    /// Whether people call an area that.
    private func isCalled(_ area: CoveringArea, _ name: String) -> Bool {
        var names = [area.name]
        let id = jurisdiction(of: area)
        let body: BodyName? =
            routing.name(of: .tenant(id), at: now) ?? routing.partner(PartnerID(trusted: id.rawValue), at: now)?.name
        if let body { names += [body.plain.english, body.plain.french] }
        return names.contains {
            PlaceName.isSame($0, name) || PlaceName.bare($0).contains { PlaceName.isSame($0, name) }
        }
    }

    /// Municipalities of which more than half lies in a region.
    private func towns(of region: AreaOutlines.Outline) throws -> [CoveringArea] {
        let towns = outlines.areas(in: .municipality).filter { isMember($0.area) }
        return try AreaOverlay.meetings(of: region.geometry, with: towns.map(\.geometry))
            .filter { $0.squareMetres > towns[$0.index].geometry.squareMetres / 2 }
            .map { towns[$0.index].area }
    }
}

/// Names of places as people write them.
enum PlaceName {
    /// Whether two spellings are one name: case, accents, hyphens and blanks aside.
    static func isSame(_ name: String, _ other: String) -> Bool { plain(name) == plain(other) }

    /// A name without what kind of place it is: what follows "of", « de » or « d’ ».
    static func bare(_ name: String) -> [String] {
        let spread = name.replacing("d’", with: "d’ ").replacing("d'", with: "d' ")
        let words = spread.split(separator: " ").map(String.init)
        guard let join = words.firstIndex(where: { ["of", "de", "du", "des", "d’", "d'"].contains($0.lowercased()) }),
            join > 0, join + 1 < words.count
        else { return [] }
        return [words[(join + 1)...].joined(separator: " ")]
    }

    private static func plain(_ name: String) -> String {
        name.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
            .replacing("-", with: " ").replacing("’", with: "'")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
