import Domain
import Foundation
import HTTPTypes
import Hub
import Testing

@testable import Web

@Suite("Who may do what")
struct MatrixTests {
    /// The written table: role by permission.
    static func written() throws -> [Role: Set<Permission>] {
        let article = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Web/Documentation.docc/WhoMayDoWhat.md").standardized
        let rows = try String(contentsOf: article, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| ") }
        let cells = rows.map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
        let head = try #require(cells.first { $0.contains("operator") })
        var table: [Role: Set<Permission>] = [:]
        for row in cells where row.count == head.count {
            guard let permission = Permission(rawValue: row[0].replacing("`", with: "")) else { continue }
            for (column, mark) in zip(head, row).dropFirst() where mark == "yes" {
                table[try #require(Role(rawValue: column)), default: []].insert(permission)
            }
        }
        return table
    }

    @Test("stands in the article just as the program has it")
    func article() throws {
        let written = try Self.written()
        #expect(written == Permission.matrix)
        #expect(Set(written.keys) == Set(Role.ofStaff))
        #expect(written.values.allSatisfy { $0.contains(.ownAccount) })
    }

    @Test("every route below a staff path is registered through the door, and every one registered is there")
    func noWayAround() async throws {
        try await StaffRegion.run { region in
            let there = Set(
                region.routes.filter { $0.path.contains("/staff") && $0.method != .head }.map {
                    "\($0.method) \($0.path)"
                }
            )
            let known = Set(region.table.entries.map { "\($0.method) \($0.path)" })
            let front: Set = ["GET /staff", "GET /staff/sign-in", "GET /t/{jurisdiction}/staff"]
            #expect(there.subtracting(front) == Set(known.map(Self.braces)))
            #expect(known.count > 50)
        }
    }

    /// The router writes `{name}` where a pattern says `:name`.
    private static func braces(_ route: String) -> String { route.replacing(/:([a-z]+)/) { "{\($0.1)}" } }

    @Test(
        "each role meets every staff route of its own town as the table says, and none of another's",
        arguments: Role.ofStaff
    )
    func routes(role: Role) async throws {
        let written = try Self.written()
        try await StaffRegion.run(rules: SignInRules(needsSecondFactor: false)) { region in
            let isHub = role.isHubOnly
            let browser = try await region.signedIn(
                "\(role.rawValue)@x.example",
                [role],
                in: isHub ? StaffRegion.hubID : StaffRegion.town,
                face: isHub ? "" : "/t/brindle-bay"
            )
            for entry in region.table.entries {
                let permission: Permission
                switch entry.need {
                case .open: continue
                case .permission(let needed), .proof(let needed): permission = needed
                }
                guard entry.path.contains(":jurisdiction") != isHub else { continue }
                let mine = entry.path.replacing(":jurisdiction", with: "brindle-bay")
                    .replacing(/:[a-z]+/, with: "x")
                // A form without its token is refused after the role was looked at: nothing is changed here.
                let page =
                    entry.method == .get ? try await browser.get(mine) : try await browser.post(mine, [("x", "1")])
                let isDenied = page.status == .forbidden && page.html.contains(deniedHeading(mine))
                let mayDo = written[role]?.contains(permission) ?? false
                #expect(isDenied == !mayDo, "\(role) \(entry.method) \(mine): \(page.status) \(page.heading)")
                guard !isHub else { continue }
                let theirs = mine.replacing("brindle-bay", with: "cobbleford")
                let foreign =
                    entry.method == .get ? try await browser.get(theirs) : try await browser.post(theirs, [("x", "1")])
                // A phone that sends what waited is told 401 and asks its person to sign in; every other page leads there by itself.
                let isTurnedAway = foreign.address.contains("/staff/sign-in") || foreign.status == .unauthorized
                #expect(isTurnedAway, "\(theirs): \(foreign.status)")
            }
        }
    }

    private func deniedHeading(_ path: String) -> String {
        path.contains("/fr/") ? "Votre rôle ne comprend pas ceci" : "This is not part of your role"
    }
}
