import Domain
import Foundation
import Hub
import Open311
import Storage

extension ServiceRequestMessage {
    /// A request as GeoReport tells it; nothing of its requester, with or without extensions.
    init(_ read: ReadableRequest, language: Language, extended: Bool) {
        let request = read.request
        self.init(
            serviceRequestID: request.reference.rawValue,
            status: request.status,
            statusNotes: request.statusNotes,
            serviceName: read.shownName?[language],
            serviceCode: read.shownCode.rawValue,
            description: request.description.isEmpty ? nil : request.publicDescription(language),
            agencyResponsible: read.agency[language],
            serviceNotice: request.serviceNotice,
            requestedAt: request.requestedAt,
            updatedAt: request.updatedAt,
            expectedAt: request.completeDue,
            address: request.address,
            addressID: request.addressID,
            zipcode: request.zipcode,
            coordinate: request.coordinate,
            mediaURL: request.mediaURLs.first,
            extensions: extended ? ServiceRequestExtensions(read, language: language) : nil
        )
    }
}

extension ServiceRequestExtensions {
    fileprivate init(_ read: ReadableRequest, language: Language) {
        let notes = read.events.map { event in
            Note(
                datetime: event.at,
                description: event.description?[language] ?? event.kind.rawValue.replacing("_", with: " "),
                type: event.kind.rawValue
            )
        }
        let messages = read.updates.map { update in
            Note(
                datetime: update.updatedAt,
                description: update.publicDescription(language),
                type: update.status.rawValue
            )
        }
        self.init(
            attributes: Self.answers(read, language: language),
            notes: (notes + messages).sorted { ($0.datetime ?? .distantPast) < ($1.datetime ?? .distantPast) },
            status: read.request.life.extendedStatus.rawValue,
            photos: read.request.mediaURLs
        )
    }

    /// One entry for each chosen value, in the order of the definition; answers of a type that has changed come last, by code.
    ///
    /// What only the lead's staff may read is left out.
    private static func answers(_ read: ReadableRequest, language: Language) -> [Answer] {
        let questions = read.service?.questions ?? []
        let codes = questions.map(\.code)
        let answers = read.request.publicAnswers(of: read.service)
        let rest = answers.values.keys.filter { !codes.contains($0) }.sorted()
        return (codes + rest).flatMap { code -> [Answer] in
            let question = questions.first { $0.code == code }
            return answers[code].map { value in
                let listed = question?.value(value)
                return Answer(
                    label: question?.question[language],
                    name: code,
                    value: listed?.name[language] ?? value,
                    code: listed?.key
                )
            }
        }
    }
}
