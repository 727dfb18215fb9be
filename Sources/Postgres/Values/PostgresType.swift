/// A type of PostgreSQL, named by its object identifier.
///
/// Only built-in types have fixed identifiers; those of extensions (geometry, citext) differ between databases.
/// Source: `pg_type.dat` of PostgreSQL 15.
public struct PostgresType: RawRepresentable, Sendable, Hashable {
    /// The object identifier.
    public let rawValue: UInt32

    /// Wraps an object identifier.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Types with identifiers from 16,384 up come from extensions, enums and domains of the database.
    public var isBuiltIn: Bool {
        rawValue < 16_384
    }
}

extension PostgresType {
    /// Leaves the choice to the server.
    public static let unspecified = PostgresType(rawValue: 0)

    /// `boolean`.
    public static let bool = PostgresType(rawValue: 16)

    /// `bytea`.
    public static let bytea = PostgresType(rawValue: 17)

    /// `name`, the type of names in the catalogue.
    public static let name = PostgresType(rawValue: 19)

    /// `bigint`.
    public static let int8 = PostgresType(rawValue: 20)

    /// `smallint`.
    public static let int2 = PostgresType(rawValue: 21)

    /// `integer`.
    public static let int4 = PostgresType(rawValue: 23)

    /// `text`.
    public static let text = PostgresType(rawValue: 25)

    /// `oid`.
    public static let oid = PostgresType(rawValue: 26)

    /// `json`.
    public static let json = PostgresType(rawValue: 114)

    /// `xml`.
    public static let xml = PostgresType(rawValue: 142)

    /// `real`.
    public static let float4 = PostgresType(rawValue: 700)

    /// `double precision`.
    public static let float8 = PostgresType(rawValue: 701)

    /// The type of a string literal nobody has given a type yet.
    public static let unknown = PostgresType(rawValue: 705)

    /// `character(n)`.
    public static let bpchar = PostgresType(rawValue: 1042)

    /// `character varying`.
    public static let varchar = PostgresType(rawValue: 1043)

    /// `date`.
    public static let date = PostgresType(rawValue: 1082)

    /// `timestamp without time zone`.
    public static let timestamp = PostgresType(rawValue: 1114)

    /// `timestamp with time zone`.
    public static let timestamptz = PostgresType(rawValue: 1184)

    /// `numeric`.
    public static let numeric = PostgresType(rawValue: 1700)

    /// `uuid`.
    public static let uuid = PostgresType(rawValue: 2950)

    /// `jsonb`.
    public static let jsonb = PostgresType(rawValue: 3802)

    /// The type of arrays of this type; ``unspecified`` where that is not known here.
    public var array: PostgresType {
        switch self {
        case .bool: PostgresType(rawValue: 1000)
        case .bytea: PostgresType(rawValue: 1001)
        case .int2: PostgresType(rawValue: 1005)
        case .int4: PostgresType(rawValue: 1007)
        case .text: PostgresType(rawValue: 1009)
        case .int8: PostgresType(rawValue: 1016)
        case .float4: PostgresType(rawValue: 1021)
        case .float8: PostgresType(rawValue: 1022)
        case .date: PostgresType(rawValue: 1182)
        case .timestamptz: PostgresType(rawValue: 1185)
        case .numeric: PostgresType(rawValue: 1231)
        case .uuid: PostgresType(rawValue: 2951)
        case .jsonb: PostgresType(rawValue: 3807)
        default: .unspecified
        }
    }
}
