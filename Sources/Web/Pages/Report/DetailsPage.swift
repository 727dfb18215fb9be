import Domain
import Foundation
import HTTPTypes
import Hub
import Hummingbird

/// The type's own questions, the person's words, photos, and how to reach them.
struct DetailsPage: Sendable {
    let parts: PageParts

    /// A choice of a list.
    struct Choice {
        let id: String
        let key: String
        let text: String
        let isChosen: Bool
    }

    /// One question with its field.
    struct Field {
        let id: String
        let name: String
        let shown: String
        let label: String
        let hint: String?
        let unit: String?
        let fault: String?
        let value: String
        let time: String
        let isOptional: Bool
        let isInformation: Bool
        let isText: Bool
        let isLine: Bool
        let isNumber: Bool
        let isDate: Bool
        let isRadio: Bool
        let isCheckbox: Bool
        let choices: [Choice]
    }

    /// A kept photo.
    struct Photo {
        let index: Int
        let address: String
        let text: String
        let remove: String
    }

    /// A way to be told.
    struct NewsChoice {
        let key: String
        let text: String
        let isChosen: Bool
    }

    /// Fields of contact.
    struct Contact {
        let heading: String
        let hint: String
        let isRequired: Bool
        let firstName: String
        let lastName: String
        let email: String
        let phone: String
        let emailFault: String?
        let phoneFault: String?
        let firstNameFault: String?
        let lastNameFault: String?
        let notice: String
        let newsBy: [NewsChoice]
    }

    /// What the template shows.
    struct DetailsView {
        let step: StepChrome
        let decision: DecisionView?
        let caution: String?
        let fields: [Field]
        let description: String
        let descriptionFault: String?
        let isDescriptionRequired: Bool
        let longestDescription: Int
        let asksPhotos: Bool
        let photos: [Photo]
        let photosFault: String?
        let mayAddPhotos: Bool
        let lostPhoto: String?
        let photosHint: String
        let contact: Contact
    }

    /// The page of a report.
    func page(_ report: ReportCase, _ chrome: StepChrome, _ status: HTTPResponse.Status) throws -> Response {
        let draft = report.draft
        let language = report.site.language
        let words = parts.words(language)
        let isPublic = report.service?.visibility == .public
        let view = DetailsView(
            step: chrome,
            decision: DecisionView(report, words),
            caution: report.service?.caution?[language],
            fields: report.askedQuestions.map {
                field($0, draft, chrome, language, zone: report.site.tenant.calendar.timeZone)
            },
            description: draft.description ?? "",
            descriptionFault: chrome.fault("description"),
            isDescriptionRequired: report.service?.isCatchAll ?? false,
            longestDescription: IntakeCheck.longestDescription,
            asksPhotos: true,
            photos: draft.photos.enumerated().map { index, id in
                let number = ["n": String(index + 1)]
                return Photo(
                    index: index,
                    address: "/photos/\(id).jpg",
                    text: words("report.details.photo.kept", number),
                    remove: words("report.details.photo.remove", number)
                )
            },
            photosFault: chrome.fault("photos"),
            mayAddPhotos: draft.photos.count < ReportDraft.mostPhotos,
            lostPhoto: draft.hasLostPhoto ? words("report.details.photo.lost") : nil,
            photosHint: words(isPublic ? "report.details.photo.hint" : "report.details.photo.staff"),
            contact: contact(report, chrome, words)
        )
        return try parts.page("resident.details", view, chrome.frame, language, status: status)
    }

    private func field(
        _ question: Question,
        _ draft: ReportDraft,
        _ chrome: StepChrome,
        _ language: Language,
        zone: TimeZone
    ) -> Field {
        let id = "a.\(question.code)"
        let given = draft.answers[question.code]
        let isList = question.kind.hasValues
        var choices = question.values.enumerated().map { index, value in
            Choice(
                id: index == 0 ? id : "\(id).\(index)",
                key: value.key,
                text: value.name[language],
                isChosen: given.contains(value.key)
            )
        }
        if isList, question.kind != .multiValueList, !question.isRequired {
            choices.append(
                Choice(
                    id: "\(id).none",
                    key: "",
                    text: parts.words(language)("report.details.not-sure"),
                    isChosen: given.isEmpty
                )
            )
        }
        let shown = Self.shown(given.first ?? "", question.kind, language)
        return Field(
            id: id,
            name: id,
            shown: "shown.\(question.code)",
            label: question.question[language],
            hint: question.hint?[language],
            unit: question.unit,
            fault: chrome.fault(id),
            value: shown.value,
            time: shown.time,
            isOptional: !question.isRequired && question.kind != .information,
            isInformation: question.kind == .information,
            isText: question.kind == .text,
            isLine: question.kind == .string,
            isNumber: question.kind == .number,
            isDate: question.kind == .datetime,
            isRadio: question.kind == .boolean || question.kind == .singleValueList,
            isCheckbox: question.kind == .multiValueList,
            choices: choices
        )
    }

    /// What stands in the field: a number in the page's own form, a stored instant taken apart into day and time.
    static func shown(_ answer: String, _ kind: Question.Kind, _ language: Language) -> (value: String, time: String) {
        switch kind {
        case .number where language == .french: return (answer.replacing(".", with: ","), "")
        case .datetime where answer.count >= 16 && Array(answer)[10] == "T":
            return (String(answer.prefix(10)), String(answer.dropFirst(11).prefix(5)))
        default: return (answer, "")
        }
    }

    private func contact(_ report: ReportCase, _ chrome: StepChrome, _ words: Words) -> Contact {
        let draft = report.draft
        let rule = report.service?.contactRule ?? .anonymous
        let tenant = report.route?.lead?.tenant ?? report.site.tenant.tenant
        return Contact(
            heading: words(rule == .required ? "report.details.contact.needed" : "report.details.contact.heading"),
            hint: words("report.details.contact.\(rule.rawValue)"),
            isRequired: rule == .required,
            firstName: draft.firstName ?? "",
            lastName: draft.lastName ?? "",
            email: draft.email ?? "",
            phone: draft.phone ?? "",
            emailFault: chrome.fault("email"),
            phoneFault: chrome.fault("phone"),
            firstNameFault: chrome.fault("first_name"),
            lastNameFault: chrome.fault("last_name"),
            notice: words(
                "report.details.contact.notice",
                [
                    "body": tenant.name.withArticle[words.language], "email": tenant.contact.email,
                    "phone": PhoneText(tenant.contact.phone).shown,
                ]
            ),
            newsBy: Self.newsWays(words, hasTexts: parts.surroundings.settings.telling.hasTextMessages).map {
                NewsChoice(key: $0.key, text: $0.text, isChosen: $0.key == draft.newsBy ?? "mail")
            }
        )
    }

    /// The ways to be told that there are; text messages only where a gateway is.
    static func newsWays(_ words: Words, hasTexts: Bool) -> [(key: String, text: String)] {
        [("mail", words("report.details.news.mail"))]
            + (hasTexts ? [("sms", words("report.details.news.sms"))] : [])
            + [("none", words("report.details.news.none"))]
    }
}
