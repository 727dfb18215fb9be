import Foundation
import Hub
import Storage
import Synchronization

/// Ways out that keep what they are given; what they answer can be set for the next ones.
final class Postbox: Sendable {
    private struct State {
        var mails: [OutgoingMail] = []
        var texts: [OutgoingText] = []
        var notices: [OutgoingNotice] = []
        var answers: [MessageOutcome] = []
    }

    private let state = Mutex(State())

    var mails: [OutgoingMail] { state.withLock { $0.mails } }
    var texts: [OutgoingText] { state.withLock { $0.texts } }
    var notices: [OutgoingNotice] { state.withLock { $0.notices } }

    /// What comes of the next attempts, in order; after them all arrive.
    func next(_ answers: MessageOutcome...) { state.withLock { $0.answers += answers } }

    var ways: MessageWays {
        MessageWays(
            mail: { [self] mail in
                state.withLock { state in
                    state.mails.append(mail)
                    return state.answers.isEmpty ? .sent("250 ok") : state.answers.removeFirst()
                }
            },
            sms: { [self] text in
                state.withLock { state in
                    state.texts.append(text)
                    return state.answers.isEmpty ? .sent("SM1") : state.answers.removeFirst()
                }
            },
            webhook: { [self] notice in
                state.withLock { state in
                    state.notices.append(notice)
                    return state.answers.isEmpty ? .sent("status 200") : state.answers.removeFirst()
                }
            }
        )
    }

    /// The last link of a kind in the last mail: `news`, `news/confirm`, `survey`.
    func token(_ kind: String) -> String? {
        let pattern = "/\(kind)/"
        guard let text = mails.last?.text, let start = text.range(of: pattern, options: .backwards) else { return nil }
        return String(text[start.upperBound...].prefix { !$0.isWhitespace })
    }
}

extension DemonstrationRegion {
    /// A dispatcher that tells people through a postbox.
    func teller(_ box: Postbox) -> ForwardServiceRequests {
        ForwardServiceRequests(surroundings, outside: .closed, ways: box.ways)
    }

    /// Rows of the outbox of some kinds, in order.
    func messages(in id: String, state: OutboxState) async throws -> [OutboxRow] {
        try await inside(id) { try await Outbox($0).listed(state, limit: 1000) }
            .filter {
                $0.item.kind.contains("news")
                    || ["digest", "confirmation", "mail", "work_notice"].contains($0.item.kind)
            }
    }
}
