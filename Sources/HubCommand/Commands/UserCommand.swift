import ArgumentParser
import Domain
import Foundation
import Hub
import Storage

/// `hub311 user …`: people who sign in at the staff door.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Invite staff, list them, give and take roles, reset and disable.",
        subcommands: [Invite.self, List.self, Give.self, Reset.self, Disable.self, Enable.self]
    )

    /// Whom a command is about.
    struct Name: ParsableArguments {
        @Argument(help: "The e-mail address the person signs in with.") var name: String

        var checked: SignInName {
            get throws {
                guard let checked = SignInName(typed: name) else {
                    throw ValidationError("\(FieldFault.excerpt(name)) is not \(SignInName.form.english)")
                }
                return checked
            }
        }
    }

    /// What a person is, and where.
    struct Part: ParsableArguments {
        @Option(help: "The body: a jurisdiction's id.") var jurisdiction: String
        @Option(name: .customLong("role"), help: "What the person is there; may be repeated. See --help of user role.")
        var roles: [String] = []
        @Option(
            name: .customLong("department"),
            help: "Department it is for; may be repeated. (default: all of the body)"
        )
        var departments: [String] = []

        /// Checks roles and departments against the body as it is in force.
        func membership(_ bench: Workbench) async throws -> Membership {
            let id = try Checked.value(jurisdiction, "--jurisdiction", JurisdictionID.self)
            guard let tenant = try await bench.surroundings().directory.tenant(id) else {
                throw ValidationError(
                    "--jurisdiction: \(id) is not served here; hub311 tenant list names those that are"
                )
            }
            let roles = try self.roles.map { text in
                guard let role = Role(rawValue: text), role.isStaff else {
                    let known = Role.ofStaff.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("--role is one of \(known); not \(FieldFault.excerpt(text))")
                }
                return role
            }
            let membership = Membership(jurisdiction: id, roles: Set(roles), departments: Set(departments))
            guard !roles.isEmpty else { return membership }
            let known = Set(tenant.tenant.departments.map(\.code.rawValue))
            do throws(Membership.Fault) {
                try membership.check(isHub: tenant.isHub, departments: known)
            } catch {
                switch error {
                case .hubOnly(let role): throw ValidationError("--role: \(role.rawValue) is held at the hub only")
                case .unknownDepartment(let code):
                    throw ValidationError(
                        "--department: \(id) has no department \(code); it has \(known.sorted().joined(separator: ", "))"
                    )
                case .noRole, .notStaff: throw ValidationError("--role: name what the person is")
                }
            }
            return membership
        }
    }
}

extension UserCommand {
    /// The command `hub311 user invite`.
    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an account and print the link to choose a password; it works once, for one hour.",
            discussion: "A person who has an account already gets the roles too, and no link."
        )

        @OptionGroup var person: Name
        @Option(help: "The name colleagues see. (default: what stands before the @)") var display: String?
        @Option(help: "Language of the person's pages: en or fr.") var language = "en"
        @OptionGroup var part: Part
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let name = try person.checked
            guard let language = Language(rawValue: language) else { throw ValidationError("--language is en or fr") }
            let link = try await Workbench.use(deployment) { bench in
                let membership = try await part.membership(bench)
                guard !membership.roles.isEmpty else { throw ValidationError("--role: name what the person is") }
                return try await UserCommand.telling {
                    try await ManageAccounts(databases: bench.databases).invite(
                        name,
                        displayName: display ?? String(name.rawValue.prefix { $0 != "@" }),
                        language: language,
                        membership,
                        by: "cli",
                        now: Date()
                    )
                }
            }
            guard let link else {
                print("\(name): has an account already, and these roles now")
                return
            }
            print(link.address(below: PublicAddress.fromEnvironment))
        }
    }

    /// The command `hub311 user list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the people with what they are.")

        @Option(help: "Only people of this body.") var jurisdiction: String?
        @Flag(help: "Print JSON.") var json = false
        @OptionGroup var deployment: DeploymentOptions

        private struct Line: Encodable {
            let id: String
            let name: String
            let display: String
            let state: String
            let second_factor: Bool
            let roles: [String: [String]]
        }

        func run() async throws {
            let id = try jurisdiction.map { try Checked.value($0, "--jurisdiction", JurisdictionID.self) }
            let people = try await Workbench.use(deployment) { bench in
                try await ManageAccounts(databases: bench.databases).list(in: id)
            }
            let lines = people.map { entry in
                Line(
                    id: entry.account.id.rawValue,
                    name: entry.account.signInName.rawValue,
                    display: entry.account.displayName,
                    state: entry.account.state.rawValue,
                    second_factor: entry.hasSecondFactor,
                    roles: Dictionary(
                        entry.memberships.map { ($0.jurisdiction.rawValue, $0.roles.map(\.rawValue).sorted()) }
                    ) { first, _ in first }
                )
            }
            if json {
                print(try JSONText.of(lines))
                return
            }
            for line in lines {
                let roles = line.roles.sorted { $0.key < $1.key }
                    .map { "\($0.key): \($0.value.joined(separator: ","))" }
                print([line.name, line.display, line.state, roles.joined(separator: "; ")].joined(separator: "\t"))
            }
        }
    }

    /// The command `hub311 user role`.
    struct Give: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "role",
            abstract: "Give a person these roles in one body, in place of the former ones; none takes them all.",
            discussion: "Roles: \(Role.ofStaff.map(\.rawValue).joined(separator: ", "))."
        )

        @OptionGroup var person: Name
        @OptionGroup var part: Part
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let name = try person.checked
            try await Workbench.use(deployment) { bench in
                let membership = try await part.membership(bench)
                try await UserCommand.telling {
                    try await ManageAccounts(databases: bench.databases)
                        .setRoles(membership, of: name, by: "cli", now: Date())
                }
            }
            let roles = part.roles.isEmpty ? "nothing" : part.roles.joined(separator: ", ")
            print("\(name): \(roles) in \(part.jurisdiction)")
        }
    }

    /// The command `hub311 user reset`.
    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a link to choose another password; the second factor is then set up anew."
        )

        @OptionGroup var person: Name
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let name = try person.checked
            let link = try await Workbench.use(deployment) { bench in
                try await UserCommand.telling {
                    try await ManageAccounts(databases: bench.databases).reset(name, by: "cli", now: Date())
                }
            }
            print(link.address(below: PublicAddress.fromEnvironment))
        }
    }

    /// The command `hub311 user disable`.
    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take the right to sign in; every session of the person is dead at once."
        )

        @OptionGroup var person: Name
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let name = try person.checked
            try await Workbench.use(deployment) { bench in
                try await UserCommand.telling {
                    try await ManageAccounts(databases: bench.databases).disable(name, by: "cli", now: Date())
                }
            }
            print("\(name): disabled")
        }
    }

    /// The command `hub311 user enable`.
    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give the right to sign in back.")

        @OptionGroup var person: Name
        @OptionGroup var deployment: DeploymentOptions

        func run() async throws {
            let name = try person.checked
            try await Workbench.use(deployment) { bench in
                try await UserCommand.telling {
                    try await ManageAccounts(databases: bench.databases).enable(name, by: "cli", now: Date())
                }
            }
            print("\(name): enabled")
        }
    }

    /// Turns what an administrator cannot do into a line and exit status 2.
    static func telling<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let fault as ManageAccounts.Fault {
            Progress.say("\(fault)")
            throw ExitCode.faults
        }
    }
}
