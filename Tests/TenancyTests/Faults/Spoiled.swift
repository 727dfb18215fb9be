import Testing

@testable import Tenancy

/// One way to spoil a file, and what must be said about it.
struct Spoiled: CustomTestStringConvertible, Sendable {
    let file: String
    let old: String
    let new: String
    let faults: [String]

    var testDescription: String { "\(file): \(old) → \(new)" }

    init(_ file: String, _ old: String, _ new: String, _ faults: String...) {
        self.file = file
        self.old = old
        self.new = new
        self.faults = faults
    }

    /// Spoils the file, reads the folder and compares.
    func check() throws {
        var region = SmallRegion()
        region.replace(old, with: new, in: file)
        let found = try region.faults()
        #expect(found == faults, "\(found.joined(separator: "\n"))")
    }
}
