public import Domain
import Foundation
import Storage

/// Takes a text message that came in: STOP ends everything to that number, START begins again, anything else is told where to go.
public struct HearText: Sendable {
    private let surroundings: Surroundings

    /// An operation over these surroundings.
    public init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// Takes a message; what to answer, nil for nothing.
    ///
    /// - Parameters:
    ///   - source: The gateway, so that two gateways may use one id.
    ///   - messageID: The gateway's id of the message: a repetition has no effect.
    public func callAsFunction(source: String, messageID: String, from: String, text: String) async throws
        -> LocalizedText?
    {
        guard let number = TellPeople.dialable(from) else { return nil }
        let now = surroundings.now()
        let isNew = try await surroundings.databases.withHub {
            try await ContactAddresses($0).hear(source, messageID: String(messageID.prefix(200)), now: now)
        }
        guard isNew else { return nil }
        let key = surroundings.settings.telling.tokens.addressKey(.sms, number)
        let keyword = TextKeyword(text)
        switch keyword {
        case .stop:
            try await EndSubscriptions(surroundings).stopEverything(.sms, key)
            return LocalizedText(
                english: "You get no more messages from 311. Send START to get them again.",
                french: "Vous ne recevrez plus de messages du 311. Envoyez COMMENCER pour en recevoir de nouveau."
            )
        case .start:
            try await EndSubscriptions(surroundings).startAgain(.sms, key)
            return LocalizedText(
                english: "You get messages from 311 again. Send STOP to end them.",
                french: "Vous recevez de nouveau les messages du 311. Envoyez ARRÊT pour cesser."
            )
        case .help, nil:
            let page = surroundings.settings.publicBaseURL.absoluteString
            return LocalizedText(
                english:
                    "311 sends news of your reports from this number. To report or ask: call 311 or \(page)/en. STOP ends it.",
                french:
                    "Le 311 envoie de ce numéro des nouvelles de vos signalements. Pour signaler : le 311 ou \(page)/fr. ARRÊT pour cesser."
            )
        }
    }
}
