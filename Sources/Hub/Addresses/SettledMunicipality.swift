import Addresses
import Domain
import Geo

extension Surroundings {
    /// A candidate with the municipality that the boundaries in force give its point.
    ///
    /// A register is imported under one boundary generation and may be asked under a later one; the point decides, and the municipality that
    /// the register knew stays beside it. On a disputed border the register's stands.
    func settled(_ candidate: AddressCandidate) -> AddressCandidate {
        guard candidate.level != .municipality else { return candidate }
        let towns = geography.index.areas(at: candidate.coordinate).filter { $0.layer == .municipality }
        guard let first = towns.first, !towns.contains(where: { $0.id == candidate.municipalityID }) else {
            return candidate
        }
        let stated = candidate.statedMunicipality ?? candidate.municipality
        return candidate.moved(
            to: first.id,
            first.name,
            stated: stated.isEmpty || AddressPlace.isSame(stated, first.name) ? nil : stated
        )
    }

    /// An answer with every candidate's municipality settled, and said so where that changed one.
    func settled(_ answer: AddressAnswer) -> AddressAnswer {
        let candidates = answer.candidates.map { settled($0) }
        guard candidates != answer.candidates else { return answer }
        let isOver = candidates.first?.statedMunicipality != nil && !answer.warnings.contains(.overTheBorder)
        return AddressAnswer(
            query: answer.query,
            isCertain: answer.outcome == .found,
            candidates: candidates,
            warnings: answer.warnings + (isOver ? [.overTheBorder] : [])
        )
    }
}
