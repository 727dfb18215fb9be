import Domain
import Foundation
import Storage

/// Puts what happened into words when it leaves: by the tenant's templates in force, in the language of the person.
struct ComposeMessage: Sendable {
    let settings: HubSettings
    let tenant: HostedTenant

    private var messages: TenantMessages { tenant.configuration.messages ?? TenantMessages() }

    /// A page of the service in a language.
    func link(_ path: String, _ language: Language) -> String {
        "\(settings.publicBaseURL.absoluteString)/\(language.rawValue)/\(path)"
    }

    private func token(_ purpose: TellingTokens.Purpose, _ id: UUID) -> String {
        settings.telling.tokens.token(purpose, tenant: tenant.code, id)
    }

    /// The address where a person changes or ends a subscription.
    func manage(_ subscription: UUID, _ language: Language) -> String {
        link("news/\(token(.manage, subscription))", language)
    }

    /// News in words.
    func written(_ facts: NewsFacts, for subscription: UUID, _ language: Language) -> WrittenMessage {
        WrittenMessage(
            messages.template(facts.event),
            facts,
            sender: tenant.tenant.name.plain[language],
            language: language,
            zone: tenant.calendar.timeZone,
            link: page(facts.reference, language),
            survey: facts.event == .completed && messages.survey
                ? link("survey/\(token(.survey, subscription))", language) : nil
        )
    }

    private func page(_ reference: RequestReference, _ language: Language) -> String {
        link("requests/\(reference)", language)
    }

    /// News by mail.
    func news(_ facts: NewsFacts, to subscription: Subscription, id: UUID, at date: Date) -> OutgoingMail {
        let language = subscription.language
        let written = written(facts, for: subscription.id, language)
        let reason =
            switch (subscription.origin, language) {
            case (.requester, .english): "You get this because you left your address with \(facts.reference)."
            case (.requester, .french):
                "Vous recevez ceci parce que vous avez laissé votre adresse avec \(facts.reference)."
            case (_, .english): "You get this because you follow \(facts.reference)."
            case (_, .french): "Vous recevez ceci parce que vous suivez \(facts.reference)."
            }
        let manage = manage(subscription.id, language)
        let frame = MessageFrame(
            tenant: tenant,
            language: language,
            subject: written.subject,
            sections: [MessageFrame.Section(paragraphs: written.paragraphs)],
            reason: reason,
            manage: manage,
            links: [page(facts.reference, language), link("survey/\(token(.survey, subscription.id))", language)]
        )
        return mail(frame, to: subscription.address ?? "", id: id, at: date, unsubscribe: manage)
    }

    /// A bundle of news by mail; every entry is of one person.
    func digest(_ entries: [DigestEntry], to address: String, _ language: Language, _ item: OutboxItem) -> OutgoingMail
    {
        let sections = entries.map { entry in
            MessageFrame.Section(
                heading: entry.facts.reference.rawValue,
                paragraphs: written(entry.facts, for: entry.subscription, language).paragraphs
            )
        }
        let subject =
            language == .french
            ? "Nouvelles de vos demandes\u{A0}: \(entries.count)" : "News of your requests: \(entries.count)"
        let manage = entries.first.map { self.manage($0.subscription, language) }
        let frame = MessageFrame(
            tenant: tenant,
            language: language,
            subject: subject,
            sections: sections,
            reason: language == .french
                ? "Vous recevez ces nouvelles ensemble parce que vous l’avez choisi."
                : "You get these news together because you chose so.",
            manage: manage,
            links: entries.flatMap {
                [
                    page($0.facts.reference, language),
                    link("survey/\(token(.survey, $0.subscription))", language),
                ]
            }
        )
        return mail(frame, to: address, id: item.deliveryKey, at: item.createdAt, unsubscribe: manage)
    }

    /// The question whether somebody wants to be told.
    func confirmation(of subscription: Subscription, _ item: OutboxItem) -> OutgoingMail {
        let language = subscription.language
        let confirm = link("news/confirm/\(token(.confirm, subscription.id))", language)
        let isFrench = language == .french
        let matter =
            switch subscription.subject {
            case .request(let reference):
                isFrench ? "des nouvelles de \(reference)" : "news of \(reference)"
            case .area, .street, .tenant: isFrench ? "des avis de travaux" : "notices of planned work"
            }
        let frame = MessageFrame(
            tenant: tenant,
            language: language,
            subject: isFrench ? "Voulez-vous recevoir ces messages?" : "Do you want these messages?",
            sections: [
                MessageFrame.Section(
                    paragraphs: isFrench
                        ? [
                            "Quelqu’un a demandé d’envoyer \(matter) à cette adresse.",
                            "Si c’est vous, confirmez-le dans les deux jours\u{A0}: \(confirm)",
                            "Sinon, ne faites rien\u{A0}: vous ne recevrez rien d’autre.",
                        ]
                        : [
                            "Somebody asked us to send \(matter) to this address.",
                            "If it was you, confirm it within two days: \(confirm)",
                            "If not, do nothing: you will hear nothing more.",
                        ]
                )
            ],
            reason: nil,
            manage: nil,
            links: [confirm]
        )
        return mail(
            frame,
            to: subscription.address ?? "",
            id: item.deliveryKey,
            at: item.createdAt,
            unsubscribe: nil
        )
    }

    /// A notice of planned work by mail.
    func notice(_ notice: WorkNotice, to subscription: Subscription, _ item: OutboxItem) -> OutgoingMail {
        let language = subscription.language
        let manage = manage(subscription.id, language)
        let frame = MessageFrame(
            tenant: tenant,
            language: language,
            subject: WrittenMessage.oneLine(
                (language == .french ? "Avis de travaux\u{A0}: " : "Planned work: ") + notice.title[language]
            ),
            sections: [
                MessageFrame.Section(
                    paragraphs: [notice.title[language], days(of: notice, language), notice.words[language]]
                )
            ],
            reason: language == .french
                ? "Vous recevez ceci parce que vous avez demandé les avis de travaux."
                : "You get this because you asked for notices of planned work.",
            manage: manage,
            links: []
        )
        return mail(
            frame,
            to: subscription.address ?? "",
            id: item.deliveryKey,
            at: item.createdAt,
            unsubscribe: manage
        )
    }

    /// A notice of planned work as a text message.
    func noticeText(_ notice: WorkNotice, _ language: Language) -> String {
        let sender = tenant.tenant.name.plain[language]
        let colon = language == .french ? "\u{A0}:" : ":"
        return WrittenMessage.oneLine("\(sender)\(colon) \(notice.title[language]). \(days(of: notice, language))")
    }

    /// When the work is: one day, or from one to another.
    private func days(of notice: WorkNotice, _ language: Language) -> String {
        let dates = WrittenDates(language: language, zone: tenant.calendar.timeZone)
        let (first, last) = (dates.day(notice.startsOn), dates.day(notice.endsOn))
        if notice.startsOn == notice.endsOn { return language == .french ? "Le \(first)." : "On \(first)." }
        return language == .french ? "Du \(first) au \(last)." : "From \(first) to \(last)."
    }

    /// A mail that was written whole.
    func whole(_ mail: QueuedMail, _ item: OutboxItem) -> OutgoingMail {
        OutgoingMail(
            deliveryKey: item.deliveryKey,
            tenant: tenant.code,
            from: settings.telling.mailFrom ?? "",
            fromName: senderName(mail.language),
            bouncesTo: settings.telling.bouncesTo,
            to: mail.to,
            replyTo: mail.replyTo ?? replyTo,
            subject: WrittenMessage.oneLine(mail.subject),
            text: mail.text,
            html: mail.html,
            language: mail.language,
            date: item.createdAt,
            inReplyTo: mail.inReplyTo
        )
    }

    private func senderName(_ language: Language) -> String {
        WrittenMessage.oneLine((messages.senderName ?? tenant.tenant.name.plain)[language])
    }

    private var replyTo: String { messages.replyTo ?? tenant.tenant.contact.email }

    private func mail(
        _ frame: MessageFrame,
        to address: String,
        id: UUID,
        at date: Date,
        unsubscribe: String?
    ) -> OutgoingMail {
        OutgoingMail(
            deliveryKey: id,
            tenant: tenant.code,
            from: settings.telling.mailFrom ?? "",
            fromName: senderName(frame.language),
            bouncesTo: settings.telling.bouncesTo,
            to: address,
            replyTo: replyTo,
            subject: frame.subject,
            text: frame.text,
            html: frame.html,
            language: frame.language,
            date: date,
            unsubscribe: unsubscribe
        )
    }
}
