public import Addresses
import Crypto
import DataFiles
import Domain
public import Foundation
public import Geo
public import Storage

/// Stores files of civic addresses as a new set, checked and compiled beside the one in use; in use only once activated.
///
/// Nothing is in force before it is complete: rows come in by COPY in short transactions under a set that is still `importing`; one that
/// was cut off is removed by the next import. The same files give the same set again.
public struct ImportAddresses: Sendable {
    /// A file with its columns.
    public struct Source: Sendable {
        let path: String
        let columns: AddressColumns
        let municipality: String?

        /// A file with its columns, and the municipality whose register it is when its rows do not say.
        public init(path: String, columns: AddressColumns, municipality: String? = nil) {
            self.path = path
            self.columns = columns
            self.municipality = municipality
        }
    }

    /// What is imported together.
    public struct Order: Sendable {
        /// Files of addresses; of two rows for one door the earlier file's counts.
        public var sources: [Source]
        /// File of other names of streets; nil for none.
        public var aliases: String?
        /// File of communities; nil for none.
        public var communities: String?
        /// A note on where it comes from.
        public var note: String
        /// File for rejected rows; nil for none.
        public var rejectedTo: String?

        /// An order.
        public init(
            sources: [Source],
            aliases: String? = nil,
            communities: String? = nil,
            note: String,
            rejectedTo: String? = nil
        ) {
            self.sources = sources
            self.aliases = aliases
            self.communities = communities
            self.note = note
            self.rejectedTo = rejectedTo
        }
    }

    /// A set that may not be put in force.
    public struct NotActivatable: Error, Sendable, Hashable, CustomStringConvertible {
        /// The set.
        public let set: Int
        /// What is missing.
        public var description: String {
            "address set \(set) is unknown or did not pass its check; hub311 address sets lists them"
        }
    }

    private static let rowsPerCopy = 50_000
    private static let bytesPerPart = 4 << 20

    private let databases: TenantDatabases
    private let boundaries: BoundaryIndex

    /// An operation over these databases; the boundaries tell each point's municipality.
    public init(databases: TenantDatabases, boundaries: BoundaryIndex) {
        self.databases = databases
        self.boundaries = boundaries
    }

    /// Imports.
    ///
    /// - Throws: faults of the files as a whole (`DataFileError`, `AddressColumns.Invalid`, `SideTables.Fault`, `WrongEncoding`); faults of
    ///   rows are in the report.
    public func callAsFunction(
        _ order: Order,
        now: Date,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> AddressImportReport {
        let digest = try digest(of: order)
        if let known = try await databases.withHub(.readOnly, { try await AddressSets($0).checked(digest: digest) }) {
            var report = AddressImportReport()
            (report.set, report.wasThere, report.passed) = (known, true, true)
            return report
        }
        try await removeUnfinished(digest: digest, now: now)
        var report = AddressImportReport()
        var collector = try AddressCollector(boundaries, order, progress)
        try collector.collect(&report)
        progress("compiling")
        let book = collector.builder.build()
        (report.merged, report.addresses) = (collector.builder.mergedRows, collector.builder.keptCount)
        (report.doors, report.streets) = (book.count, book.streetCount)
        report.aliasesWithoutStreet = collector.builder.aliasesWithoutStreet
        report.passed = report.addresses > 0 && report.swapped * 2 < report.rows
        let generation = boundaries.generation?.rawValue
        let set = try await databases.withHub {
            try await AddressSets($0).create(note: order.note, digest: digest, generation: generation, now: now)
        }
        report.set = set
        try await store(collector.builder, as: set, progress)
        try await store(collector.aliases, collector.shares, as: set)
        try await store(book, as: set)
        let (count, passed, text) = (report.addresses, report.passed, try StoredJSON(report))
        _ = try await databases.withHub {
            try await AddressSets($0).finish(set, count: count, passed: passed, report: text, now: now)
        }
        return report
    }

    /// Puts a set in force at an instant; every process loads it within two seconds of it.
    ///
    /// - Throws: ``NotActivatable``.
    public static func activate(
        _ set: Int,
        at instant: Date,
        by actor: String,
        now: Date,
        in databases: TenantDatabases
    ) async throws {
        let isDone = try await databases.withHub { transaction in
            let isDone = try await AddressSets(transaction).activate(set, at: instant, by: actor, now: now)
            try await AuditEntries(transaction).append(
                AuditEntry(
                    happenedAt: now,
                    actor: actor,
                    action: "addresses.activate",
                    subject: "\(set)",
                    details: ["at": instant.formatted(.iso8601), "done": "\(isDone)"]
                )
            )
            return isDone
        }
        guard isDone else { throw NotActivatable(set: set) }
    }

    // MARK: Steps

    private func digest(of order: Order) throws -> String {
        var hash = SHA256()
        hash.update(data: Data("generation \(boundaries.generation?.rawValue ?? 0)\n".utf8))
        for path in order.sources.map(\.path) + [order.aliases, order.communities].compactMap(\.self) {
            guard let file = FileHandle(forReadingAtPath: path) else { throw DataFileError.noSuchFile(path) }
            defer { try? file.close() }
            while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
            hash.update(data: Data("\n--\n".utf8))
        }
        for source in order.sources {
            hash.update(data: Data("\(source.columns.identity) \(source.municipality ?? "")\n".utf8))
        }
        return hash.finalize().map { String(format: "%02x", $0) }.joined()
    }

    private func removeUnfinished(digest: String, now: Date) async throws {
        let abandoned = now.addingTimeInterval(-86_400)
        let sets = try await databases.withHub {
            try await AddressSets($0).unfinished(before: abandoned, orDigest: digest)
        }
        for set in sets {
            var removed = 1
            while removed > 0 {
                removed = try await databases.withHub { transaction in
                    try await AddressSets(transaction).remove(unfinished: set, atMost: Self.rowsPerCopy)
                }
            }
        }
    }

    private func store(_ builder: AddressBookBuilder, as set: Int, _ progress: (String) -> Void) async throws {
        var rows = CopiedAddresses()
        for position in 0..<builder.keptCount {
            rows.append(StoredAddress(builder.row(at: position), position), to: set)
            guard rows.count == Self.rowsPerCopy || position == builder.keptCount - 1 else { continue }
            let batch = rows
            _ = try await databases.withHub { try await AddressRows($0).copy(batch) }
            rows.removeAll()
            progress("\(position + 1) of \(builder.keptCount) addresses stored")
        }
    }

    private func store(_ aliases: [StreetAlias], _ shares: [CommunityShare], as set: Int) async throws {
        guard !aliases.isEmpty || !shares.isEmpty else { return }
        try await databases.withHub { transaction in
            let rows = AddressRows(transaction)
            if !aliases.isEmpty {
                try await rows.addAliases(
                    aliases.map { ($0.other, $0.street, $0.municipality, $0.until.map { "\($0)" }) },
                    to: set
                )
            }
            try await rows.addShares(shares.map { ($0.community, $0.municipality, $0.weight) }, to: set)
        }
    }

    private func store(_ book: AddressBook, as set: Int) async throws {
        let bytes = try book.bytes()
        for (part, start) in stride(from: 0, to: bytes.count, by: Self.bytesPerPart).enumerated() {
            let piece = Data(bytes[start..<min(start + Self.bytesPerPart, bytes.count)])
            try await databases.withHub { try await AddressRows($0).addBook(part, piece, to: set) }
        }
    }
}

extension StoredAddress {
    fileprivate init(_ row: AddressRow, _ position: Int) {
        self.init(
            position: position,
            number: row.number.value,
            suffix: row.number.suffix,
            unit: row.unit,
            street: row.street,
            municipalityID: row.municipalityID?.rawValue,
            municipality: row.municipality,
            statedMunicipality: row.stated,
            community: row.community,
            postalCode: row.postalCode,
            latitudeNano: row.coordinate.latitudeNano,
            longitudeNano: row.coordinate.longitudeNano
        )
    }
}
