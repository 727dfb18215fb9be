import Domain
import Hub
import Hummingbird
import Logging
import NIOCore
import Open311

/// Any fault as the API tells it: every entry with its field, a word for software and a sentence in both languages.
struct APIFailure {
    private let fault: HTTPFault

    init(_ error: any Error, log: Logger) {
        switch error {
        case let error as HTTPFault: fault = error
        case let error as FieldFault: fault = HTTPFault([error])
        case let error as Open311Faults:
            fault = HTTPFault(
                HTTPResponse.Status(code: error.status),
                error.list.map { HTTPFault.Entry(field: $0.field, LocalizedText(same: $0.description)) }
            )
        case let error as UnknownService:
            fault = HTTPFault([error.code.isEmpty ? .missing("service") : APIFailure.unknownService(error.code)])
        case IdempotencyFault.otherBody:
            fault = HTTPFault(
                .unprocessableContent,
                english: "this Idempotency-Key was used before with another body; use a new key",
                french: "cette Idempotency-Key a déjà servi avec un autre contenu; utilisez une nouvelle clé"
            )
        case IdempotencyFault.stillRunning:
            fault = HTTPFault(
                .conflict,
                english: "the first submission with this Idempotency-Key has not ended; ask again",
                french: "le premier envoi avec cette Idempotency-Key n’est pas terminé; redemandez",
                headers: [.retryAfter: "1"]
            )
        default:
            let failure = ServiceFailure(error)
            log.log(level: failure.level, "api request failed", metadata: ["fault": "\(failure.forLog)"])
            fault = HTTPFault(failure.status, [HTTPFault.Entry(failure.message)], headers: failure.headers)
        }
    }

    /// The answer.
    var response: Response {
        let body = JSONText.of(capacity: 512) { json in
            json.object { json in
                json.array("errors", fault.entries) { json, entry in
                    json.object { json in
                        json.always("field", entry.field)
                        json.member("code", entry.code ?? Self.word(fault.status))
                        json.member("message", entry.message)
                    }
                }
            }
        }
        return Response(json: body, status: fault.status, headers: fault.headers)
    }

    private static func unknownService(_ code: String) -> FieldFault {
        FieldFault(
            field: "service",
            code: .unknown,
            fault: LocalizedText(
                english: "\(FieldFault.excerpt(code)) is not offered here",
                french: "\(FieldFault.excerpt(code)) n’est pas offert ici"
            ),
            expected: LocalizedText(english: "a code from services", french: "un code de services")
        )
    }

    /// The status in one word.
    private static func word(_ status: HTTPResponse.Status) -> String {
        switch status {
        case .badRequest: "bad_request"
        case .unauthorized: "unauthorized"
        case .forbidden: "forbidden"
        case .notFound: "not_found"
        case .methodNotAllowed: "method_not_allowed"
        case .requestTimeout: "timeout"
        case .conflict: "still_running"
        case .contentTooLarge: "too_large"
        case .unsupportedMediaType: "unsupported_media_type"
        case .unprocessableContent: "other_body"
        case .serviceUnavailable: "unavailable"
        case .tooManyRequests: "too_many"
        default: status.code < 500 ? "refused" : "internal"
        }
    }
}
