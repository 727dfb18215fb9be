import Foundation
public import Mail

extension HearBounce {
    /// Takes a mail when it is a report about one of ours; whether it was.
    public func take(_ mail: ReceivedMail) async throws -> Bool {
        guard let report = DeliveryReport(mail), let id = report.originalMessageID else { return false }
        let failures = report.recipients.map {
            FailedDelivery(
                address: $0.address,
                addressIsGone: $0.addressIsGone,
                reason: "\($0.status) \($0.diagnostic)".trimmingCharacters(in: .whitespaces)
            )
        }
        return try await self(messageID: id, failures) != .ignored
    }
}
