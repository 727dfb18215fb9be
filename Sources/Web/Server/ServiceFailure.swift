import Domain
import Hub
import Hummingbird
import Logging
import Storage

/// A fault of the service itself, as every face may tell it: nothing of the inside, and when to try again.
struct ServiceFailure {
    let status: HTTPResponse.Status
    let message: LocalizedText
    let headers: HTTPFields
    /// Particulars for the log only.
    let forLog: String
    let level: Logger.Level

    init(_ error: any Error) {
        forLog = String(reflecting: error)
        switch error {
        case let error as StorageError where error.isUnstorableInput:
            (status, headers, level) = (.badRequest, [:], .info)
            message = LocalizedText(
                english: "a text contains a character that cannot be stored",
                french: "un texte contient un caractère qui ne peut être conservé"
            )
        case let error as StorageError where error.isUnavailability:
            (status, headers, level) = (.serviceUnavailable, [.retryAfter: "5"], .warning)
            message = LocalizedText(
                english: "the service cannot reach its data now; nothing is lost, please try again in a moment",
                french:
                    "le service ne peut atteindre ses données en ce moment; rien n’est perdu, réessayez dans un instant"
            )
        case is NoHub:
            (status, headers, level) = (.serviceUnavailable, [.retryAfter: "30"], .warning)
            message = LocalizedText(
                english: "the service is being set up",
                french: "le service est en cours de mise en place"
            )
        case is CancellationError:
            (status, headers, level) = (.serviceUnavailable, [.retryAfter: "5"], .info)
            message = LocalizedText(english: "the service is stopping", french: "le service s’arrête")
        default:
            (status, headers, level) = (.internalServerError, [:], .error)
            message = LocalizedText(
                english: "something went wrong on our side; the request id in X-Request-Id helps us find it",
                french: "une erreur s’est produite chez nous; l’identifiant X-Request-Id nous aide à la trouver"
            )
        }
    }
}

extension StorageError {
    /// Whether the fault is a value the sender gave.
    fileprivate var isUnstorableInput: Bool {
        if case .unstorable = self { true } else { false }
    }
}
