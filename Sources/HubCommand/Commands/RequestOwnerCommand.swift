import ArgumentParser
import Domain
import Foundation
import Hub

extension RequestCommand {
    /// The command `hub311 request owner`.
    struct Owner: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Name the person a request is with, and how the person was found; or give it to somebody.",
            discussion: """
                Given by name → the department's role → who stands in → the tenant's fallback → its desk. Where another \
                tenant of the hub leads, that tenant's person is named.
                """
        )

        @OptionGroup var target: Target
        @Option(help: "Jurisdiction that is asked. (default: the one the reference names)") var jurisdiction: String?
        @Option(help: "Give it to this person.") var assign: String?
        @Option(help: "Mail address of that person.") var email: String?
        @Option(help: "Number of that person, in international form.") var phone: String?
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            if assign != nil, email == nil, phone == nil {
                throw ValidationError("--assign needs --email or --phone, so that alarms arrive")
            }
            try await target.work(at: jurisdiction) { surroundings, reference, tenant in
                let find = FindOwner(surroundings)
                if let assign {
                    let person = RequestOwner(name: assign, email: email, phone: phone, rung: .assigned)
                    try await find.assign(person, to: reference, at: tenant, by: "staff:cli")
                }
                let (owner, holder) = try await find(reference, at: tenant)
                if json {
                    print(try JSONText.of(owner))
                    return
                }
                let role = owner.role.map { ", \($0)" } ?? ""
                print("\(reference): \(owner.name) (\(owner.rung.rawValue)\(role)) of \(holder.id)")
                for way in [owner.email, owner.phone].compactMap(\.self) { print("  \(way)") }
            }
        }
    }
}
