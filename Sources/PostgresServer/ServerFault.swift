/// Why an embedded server cannot be had.
public enum ServerFault: Error, Sendable, Hashable {
    /// No PostgreSQL 15 or newer in any of the places.
    case binariesMissing(searched: [String])

    /// The data was made by a version of PostgreSQL that is not installed.
    case versionMissing(String)

    /// The user the server should run as does not exist.
    case userMissing(String)

    /// The program by which root becomes the server's user is missing.
    case changerMissing(String)

    /// The server's user may not pass through a directory on the way to its data.
    case unreachable(directory: String, user: String)

    /// A directory or file could not be made, read or changed.
    case fileFailed(path: String, reason: String)

    /// The data is there and the file with the superuser's password is not.
    case passwordMissing(path: String)

    /// A socket's path would be longer than the system allows.
    case socketPathTooLong(directory: String)

    /// Somebody else owns the directory the socket should lie in.
    case socketDirectoryNotOurs(String)

    /// Another program keeps its server in the same directory.
    case inUse(directory: String)

    /// `initdb` failed.
    case initialisationFailed(String)

    /// The server did not start.
    case startFailed(String)

    /// The server did not stop.
    case stopFailed(process: Int)
}

extension ServerFault: CustomStringConvertible {
    /// A sentence for whoever starts the program: what is wrong and what would help.
    public var description: String {
        switch self {
        case .binariesMissing(let searched):
            """
            PostgreSQL 15 or newer is not installed (looked in \(searched.joined(separator: ", "))). \
            On Debian, install the package postgresql, or name another server.
            """
        case .versionMissing(let version):
            """
            The data was made by PostgreSQL \(version), which is not installed. \
            On Debian, install the package postgresql-\(version).
            """
        case .userMissing(let user):
            """
            PostgreSQL does not run as root and the user \(user) does not exist. \
            On Debian, the package postgresql-common creates it.
            """
        case .changerMissing(let program):
            "PostgreSQL does not run as root and \(program) is missing. On Debian, install the package util-linux."
        case .unreachable(let directory, let user):
            """
            The user \(user), as whom PostgreSQL runs, cannot pass through \(directory). \
            Allow it (chmod o+x \(directory)) or choose another data directory.
            """
        case .fileFailed(let path, let reason):
            "\(path): \(reason)."
        case .passwordMissing(let path):
            "The database is there, but the file with its superuser's password is missing: \(path)."
        case .socketPathTooLong(let directory):
            "The path of a socket in \(directory) is longer than the system allows; choose a shorter directory."
        case .socketDirectoryNotOurs(let directory):
            "\(directory) belongs to somebody else or is open to others; remove it or choose another socket directory."
        case .inUse(let directory):
            "Another program runs its database in \(directory)."
        case .initialisationFailed(let reason):
            "The database could not be initialised: \(reason)"
        case .startFailed(let reason):
            "The database server did not start: \(reason)"
        case .stopFailed(let process):
            "The database server (process \(process)) did not stop."
        }
    }
}
