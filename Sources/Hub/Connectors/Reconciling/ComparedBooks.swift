import Domain
import Foundation
import Storage

/// Finds what does not agree between our books and theirs; no I/O.
struct ComparedBooks {
    let books: ReconcileConnectors.Books
    /// Nil when the other side could not be asked.
    let theirs: [OutsideRequest]?
    /// Requests it has that it was given on another day.
    let givenBefore: Set<RequestReference>

    /// Every difference, by kind and reference.
    var differences: [Reconciliation.Difference] {
        var found = unsent + refused
        if let theirs { found += missing(theirs) + doubled(theirs) + unknown(theirs) }
        return found.sorted {
            ($0.kind.rawValue, $0.reference ?? "", $0.remoteID ?? "") < (
                $1.kind.rawValue, $1.reference ?? "", $1.remoteID ?? ""
            )
        }
    }

    private var unsent: [Reconciliation.Difference] {
        books.unsent.map { row in
            let detail =
                "\(row.isDoubtful && row.state == .dead ? "given up in doubt" : row.state.rawValue), \(row.attempts) attempts"
            return Reconciliation.Difference(
                .notSent,
                reference: row.reference,
                "\(detail)\(row.fault.map { ": \($0)" } ?? "")"
            )
        }
    }

    private var refused: [Reconciliation.Difference] {
        books.heard.filter { $0.result == .refused }.map { word in
            let told = try? word.content.decoded(as: ConnectorWord.self)
            return Reconciliation.Difference(
                .refusedHere,
                reference: told?.reference,
                remoteID: told?.remoteID,
                word.fault ?? ""
            )
        }
    }

    /// Requests that wait in the outbox are told of as such, and not as missing.
    private func missing(_ theirs: [OutsideRequest]) -> [Reconciliation.Difference] {
        let byReference = Dictionary(grouping: theirs.filter { $0.reference != nil }) { $0.reference }
        let byID = Dictionary(theirs.map { ($0.remoteID, $0) }) { first, _ in first }
        let waiting = Set(books.unsent.compactMap(\.reference))
        return books.given.compactMap { given in
            let link = given.link
            guard let there = byReference[link.reference]?.first ?? link.remoteID.flatMap({ byID[$0] }) else {
                guard !waiting.contains(link.reference.rawValue) else { return nil }
                return Reconciliation.Difference(
                    .missingThere,
                    reference: link.reference.rawValue,
                    remoteID: link.remoteID,
                    "given \(link.createdAt.formatted(.iso8601))"
                )
            }
            guard there.status != given.status else { return nil }
            return Reconciliation.Difference(
                .statusDiffers,
                reference: link.reference.rawValue,
                remoteID: there.remoteID,
                "\(given.status.rawValue) here, \(there.status.rawValue) there"
            )
        }
    }

    private func doubled(_ theirs: [OutsideRequest]) -> [Reconciliation.Difference] {
        let byReference = Dictionary(grouping: theirs.filter { $0.reference != nil }) { $0.reference }
        return byReference.compactMap { reference, copies in
            let ids = Set(copies.map(\.remoteID))
            guard ids.count > 1 else { return nil }
            return Reconciliation.Difference(
                .doubledThere,
                reference: reference?.rawValue,
                ids.sorted().joined(separator: ", ")
            )
        }
    }

    private func unknown(_ theirs: [OutsideRequest]) -> [Reconciliation.Difference] {
        let known = Set(books.given.map(\.link.reference)).union(givenBefore)
        return theirs.compactMap { there in
            guard let reference = there.reference, !known.contains(reference) else { return nil }
            return Reconciliation.Difference(
                .unknownHere,
                reference: reference.rawValue,
                remoteID: there.remoteID,
                "it bears our mark and was not given by our books"
            )
        }
    }
}

extension OutboxRow {
    /// The request a row is about; nil for a row of another kind.
    var reference: String? {
        if let message = try? item.payload.decoded(as: DepartmentMessage.self) {
            return message.request.reference.rawValue
        }
        if let message = try? item.payload.decoded(as: Open311Message.self) {
            return message.request.reference.rawValue
        }
        return nil
    }
}
