import ArgumentParser
import Domain
import Foundation
import Hub

/// `hub311 exchange …`: telephone numbers as hints of where a call comes from, and the registers that decide whose desk takes it.
struct ExchangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange",
        abstract: "Import the numbering list, look numbers up, keep shares, consents, notices and numbers.",
        discussion: """
            A number is only ever a hint: look-ups give candidates, never an answer. Days are meant in the hub's own zone; an \
            instant is written with its zone, such as 2026-03-01T02:00:00-05:00.
            """,
        subcommands: [
            ExchangeImport.self, ExchangeActivate.self, ExchangeStatus.self, ExchangeLookup.self, ExchangeShares.self,
            ExchangeConsentCommand.self, ExchangeNoticeCommand.self, ExchangeTerminationCommand.self,
            ExchangeLegacyCommand.self,
        ]
    )
}

/// Runs the body and turns faults of registers into lines and exit status 2.
func withRegisterFaults<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
        return try await body()
    } catch let fault as RegisterFault {
        for line in fault.faults { Progress.say(line) }
        throw ExitCode.faults
    } catch let fault as ImportNumbering.NotActivatable {
        Progress.say("\(fault)")
        throw ExitCode.faults
    }
}

/// Values that several of these commands read.
enum ExchangeOptions {
    /// A day or an instant.
    static func instant(_ text: String, _ option: String, in zone: TimeZone) throws -> Date {
        guard let instant = TelephoneInstant(text, in: zone) else {
            throw ValidationError(
                "\(option): a day such as 2026-03-01 or an instant such as 2026-03-01T02:00:00-05:00, not \(text)"
            )
        }
        return instant.date
    }

    /// A day.
    static func day(_ text: String, _ option: String) throws -> CalendarDay {
        do { return try CalendarDay(text) } catch { throw ValidationError("\(option): \(error)") }
    }

    /// A ten-digit number.
    static func number(_ text: String, _ option: String) throws -> NationalNumber {
        switch TelephoneNumber(text) {
        case .national(let number): return number
        case .malformed(let reason): throw ValidationError("\(option): \(FieldFault.excerpt(text)): \(reason.english)")
        default: throw ValidationError("\(option): \(FieldFault.excerpt(text)) is no \(NationalNumber.form.english)")
        }
    }

    /// An amount in dollars or with a decimal point, as whole cents.
    static func cents(_ text: String, _ option: String) throws -> Int {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let digits = parts.joined()
        let isAmount = (1...2).contains(parts.count) && parts[0].count >= 1 && (parts.count == 1 || parts[1].count == 2)
        guard isAmount, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits) else {
            throw ValidationError("\(option): an amount in dollars such as 2500 or 2500.00, not \(text)")
        }
        return parts.count == 1 ? number * 100 : number
    }
}
