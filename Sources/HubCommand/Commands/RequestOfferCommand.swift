import ArgumentParser
import Domain
import Hub

extension RequestCommand {
    /// The command `hub311 request offer`.
    struct Offer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Offer a request to another body; until that accepts, it stays where it is, and open.",
            discussion: "`hub311 request step REFERENCE take-back` takes an offer back before it is answered."
        )

        @OptionGroup var target: Target
        @Option(help: "The body it is offered to: a jurisdiction of this hub, or a partner that keeps a server.")
        var to: String
        @Option(help: "Jurisdiction that offers it. (default: the one the reference names)") var jurisdiction: String?
        @Option(help: "Words for the body it is offered to.") var message: String?

        func run() async throws {
            try await target.work(at: jurisdiction) { surroundings, reference, tenant in
                let body: ReceivingBody
                if let id = JurisdictionID(rawValue: to), surroundings.directory.isActive(id) {
                    body = .tenant(id)
                } else if let id = PartnerID(rawValue: to) {
                    body = .partner(id)
                } else {
                    throw ValidationError("--to \(to) is neither a jurisdiction of this hub nor a partner")
                }
                _ = try await OfferRequest(surroundings)(
                    reference,
                    to: body,
                    at: tenant,
                    message: message,
                    by: "staff:cli"
                )
                print("\(reference): offered to \(body.id) by \(tenant.id)")
            }
        }
    }
}
