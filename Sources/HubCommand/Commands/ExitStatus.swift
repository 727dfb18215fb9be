import ArgumentParser

extension ExitCode {
    /// The input or a check has faults, each named in the output.
    static let faults = ExitCode(2)
    /// Something the program needs is missing or away.
    static let unavailable = ExitCode(69)
}
