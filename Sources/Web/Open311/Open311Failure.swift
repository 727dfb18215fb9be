import Domain
import Foundation
import Hub
import Hummingbird
import Logging
import Open311

/// Any fault as GeoReport renders it: an errors body in the format asked for, the HTTP status of the first entry.
struct Open311Failure {
    private let faults: [Open311Fault]
    private let headers: HTTPFields

    init(_ error: any Error, log: Logger) {
        switch error {
        case let error as Open311Faults:
            faults = error.list
            headers = Self.headers(of: error.list)
        case let error as Open311Fault:
            faults = [error]
            headers = Self.headers(of: [error])
        case let error as HTTPFault:
            faults = error.entries.map { entry in
                Open311Fault(status: error.status.code, field: entry.field, entry.message.english)
            }
            headers = error.headers
        case let error as UnknownService:
            faults = [error.code.isEmpty ? .serviceCodeMissing : .serviceCodeUnknown]
            headers = [:]
        case IdempotencyFault.otherBody:
            faults = [Open311Fault(status: 422, "Idempotency-Key was used before with another body; use a new key")]
            headers = [:]
        case IdempotencyFault.stillRunning:
            faults = [
                Open311Fault(status: 409, "the first submission with this Idempotency-Key has not ended; ask again")
            ]
            headers = [.retryAfter: "1"]
        default:
            let failure = ServiceFailure(error)
            log.log(level: failure.level, "open311 request failed", metadata: ["fault": "\(failure.forLog)"])
            faults = [Open311Fault(status: failure.status.code, failure.message.english)]
            headers = failure.headers
        }
    }

    func response(_ format: Format) -> Response {
        let status = HTTPResponse.Status(code: faults.first?.status ?? 500)
        var response = Response(ErrorsMessage(faults).encoded(as: format), format, status: status)
        for field in headers { response.headers[field.name] = field.value }
        return response
    }

    private static func headers(of faults: [Open311Fault]) -> HTTPFields {
        faults.first?.status == 413 ? [.connection: "close"] : [:]
    }
}
