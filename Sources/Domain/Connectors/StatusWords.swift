import Foundation

/// Words for a state that people and simple systems use, in both languages, and what they mean here.
public enum StatusWords {
    /// A word without case, accents, blanks and punctuation around it: `En cours.` and `EN-COURS` are the same.
    public static func folded(_ word: String) -> String {
        let plain = word.prefix(80).folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
            .lowercased()
        var folded = ""
        for scalar in plain.unicodeScalars {
            if ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) {
                folded.unicodeScalars.append(scalar)
            } else if !folded.isEmpty, folded.last != "_" {
                folded.append("_")
            }
        }
        while folded.last == "_" { folded.removeLast() }
        return folded
    }

    /// What a word means; nil when nobody knows it.
    public static func meaning(of word: String) -> ExtendedStatus? {
        let folded = folded(word)
        return ExtendedStatus(rawValue: folded) ?? known[folded]
    }

    private static let known: [String: ExtendedStatus] = [
        "received": .open, "new": .open, "recu": .open, "recue": .open, "ouvert": .open,
        "reviewed": .investigating, "accepted": .investigating, "acknowledged": .investigating,
        "examine": .investigating,
        "examinee": .investigating, "accepte": .investigating, "acceptee": .investigating,
        "assigned": .inProgress, "work_assigned": .inProgress, "started": .inProgress, "wip": .inProgress,
        "in_progress": .inProgress, "en_cours": .inProgress, "attribue": .inProgress, "attribuee": .inProgress,
        "scheduled": .actionScheduled, "planifie": .actionScheduled, "planifiee": .actionScheduled,
        "prevu": .planned, "prevue": .planned,
        "done": .fixed, "completed": .fixed, "complete": .fixed, "repaired": .fixed, "fini": .fixed, "termine": .fixed,
        "terminee": .fixed, "repare": .fixed, "reparee": .fixed, "fait": .fixed,
        "no_action": .noFurtherAction, "not_found": .noFurtherAction, "rien_trouve": .noFurtherAction,
        "ferme": .closed, "fermee": .closed, "resolved": .closed, "resolu": .closed, "resolue": .closed,
        "doublon": .duplicate, "annule": .cancelled, "annulee": .cancelled, "canceled": .cancelled,
        "not_ours": .notCouncilsResponsibility, "refused": .notCouncilsResponsibility,
        "refuse": .notCouncilsResponsibility, "refusee": .notCouncilsResponsibility,
        "reopened": .reopen, "rouvert": .reopen, "rouverte": .reopen,
    ]
}
