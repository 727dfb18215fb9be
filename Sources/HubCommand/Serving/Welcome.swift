import Foundation
import Hub

/// What the person who started the service reads once it answers: where to look and how to sign in.
struct Welcome {
    let settings: ServeSettings
    let data: URL
    let port: Int
    /// Link for the first administrator, while there is nobody who ever signed in.
    let invitation: String?

    func say() {
        let base = settings.hub.publicBaseURL.absoluteString
        let key = data.appendingPathComponent("first-api-key").path
        let signIn =
            invitation.map { "  Sign in (first time)  \($0)   once, within an hour" }
            ?? "  Sign in for staff     \(base)/staff/sign-in   invite with: hub311 user invite"
        let lines = [
            "hub311 answers on port \(port).",
            "  Pages for residents   \(base)/en   \(base)/fr",
            signIn,
            "  Open311               \(base)/open311/v2/discovery.xml",
            "  API                   \(base)/api/openapi.json",
            "  LoST                  \(base)/lost (POST)",
            "  Health                \(base)/health/ready",
            "  API key               in \(key); more with: hub311 apikey create --label NAME",
            "  Stop                  Ctrl-C or SIGTERM",
        ]
        FileHandle.standardOutput.write(Data((lines.joined(separator: "\n") + "\n").utf8))
    }
}
