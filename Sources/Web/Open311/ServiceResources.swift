import Domain
import Foundation
import Hub
import Hummingbird
import Open311

/// The list of services and their definitions.
struct ServiceResources: Sendable {
    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// `services`: what a tenant offers today, at a place when one is given.
    func list(_ exchange: Open311Exchange) throws -> Response {
        let query = try ServiceListQuery(exchange.parameters)
        let services = OfferedServices(surroundings)(exchange.tenant, at: query.coordinate)
        let message = ListMessage(services.map { ServiceMessage($0, language: exchange.language) })
        return Response(message.encoded(as: exchange.format), exchange.format)
    }

    /// `services/{service_code}`: the questions of one type; an empty list when it has none.
    func definition(_ code: String, _ exchange: Open311Exchange) throws -> Response {
        guard let service = exchange.service(code, at: surroundings.second) else {
            throw Open311Faults(.serviceCodeUnknown)
        }
        let message = ServiceDefinitionMessage(
            serviceCode: service.code.rawValue,
            attributes: AttributeMessage.all(of: service, language: exchange.language)
        )
        return Response(message.encoded(as: exchange.format), exchange.format)
    }
}

extension Open311Exchange {
    /// A type of the exchange's tenant that is valid now.
    func service(_ code: String, at instant: Date) -> Service? {
        ServiceCode(rawValue: code).flatMap { tenant.service($0, at: instant) }
    }
}

extension ServiceMessage {
    init(_ service: Service, language: Language) {
        self.init(
            serviceCode: service.code.rawValue,
            serviceName: service.name[language],
            description: service.description[language],
            metadata: !service.questions.isEmpty,
            type: Kind(rawValue: service.kind.rawValue) ?? .realtime,
            keywords: service.keywords(language).map { $0.replacing(",", with: " ") },
            groups: service.groups.map { $0[language] }
        )
    }
}

extension AttributeMessage {
    /// The questions of a type as attributes, in their order.
    ///
    /// A question with a condition is never required on the wire: only the answers tell whether it is asked.
    static func all(of service: Service, language: Language) -> [AttributeMessage] {
        service.questions.enumerated().map { position, question in
            AttributeMessage(
                variable: question.kind != .information,
                code: question.code,
                datatype: datatype(of: question.kind),
                required: question.kind != .information && question.isRequired && question.askedIf == nil,
                datatypeDescription: question.hint?[language] ?? question.unit,
                order: position + 1,
                description: question.question[language],
                values: question.values.map { Value(key: $0.key, name: $0.name[language]) }
            )
        }
    }

    private static func datatype(of kind: Question.Kind) -> Datatype {
        switch kind {
        case .string, .information: .string
        case .text: .text
        case .number: .number
        case .datetime: .datetime
        case .boolean, .singleValueList: .singlevaluelist
        case .multiValueList: .multivaluelist
        }
    }
}
