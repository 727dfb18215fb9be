import ArgumentParser
import Domain
import Foundation
import Hub

/// What every command that changes a request takes: who acts, what they have seen, how the answer is printed.
struct RequestActing: ParsableArguments {
    @Option(help: "Jurisdiction that acts. (default: the one the reference names)") var jurisdiction: String?
    @Option(help: "Version of the request that you have seen; another one is exit status 2 and tells what changed.")
    var version: Int?
    @Flag(help: "Print JSON.") var json = false

    /// Prints where the request stands.
    func say(_ request: ServiceRequest, _ words: String? = nil) throws {
        guard json else {
            print("\(request.reference): \(words ?? request.life.internalState.rawValue)")
            return
        }
        print(try JSONText.of(RequestState(request)))
    }
}

/// Words for the resident as two options: one text for both languages, or one for each.
struct ResidentWords: ParsableArguments {
    @Option(help: "Words for the resident.") var text: String?
    @Option(help: "The same in French. (default: the words of --text)") var textFr: String?

    /// The words; nil when none were given.
    var localized: LocalizedText? {
        text.map { LocalizedText(english: $0, french: textFr ?? $0) }
    }
}

/// Where a request stands, as commands print it in JSON.
struct RequestState: Encodable {
    let reference: String
    let jurisdictionID: String
    let standing: String
    let state: String
    let step: String
    let status: String
    let extendedStatus: String
    let outcome: String?
    let counterpart: String?
    let serviceCode: String
    let department: String?
    let version: Int
    let possible: [String]

    init(_ request: ServiceRequest) {
        reference = request.reference.rawValue
        jurisdictionID = request.tenant.rawValue
        standing = request.standing.rawValue
        state = request.life.internalState.rawValue
        step = request.step.rawValue
        status = request.status.rawValue
        extendedStatus = request.life.extendedStatus.rawValue
        outcome = request.outcome?.rawValue
        counterpart = request.counterpart?.id
        serviceCode = request.serviceCode.rawValue
        department = request.department
        version = request.rowVersion
        possible = request.life.legalHappenings.map(\.rawValue)
    }

    private enum CodingKeys: String, CodingKey {
        case reference, standing, state, step, status, outcome, counterpart, department, version, possible
        case jurisdictionID = "jurisdiction_id"
        case extendedStatus = "extended_status"
        case serviceCode = "service_code"
    }
}
