import Crypto
import Domain
import Foundation
import Storage

/// Who sends what under which key: what a repetition is recognised by.
struct KeyedSubmission: Sendable {
    let client: ClientIdentity
    /// Nil when the sender gave no key; then every sending is a new one.
    let key: SubmissionKey?
    /// Hash of what was sent, whatever instant it came in; empty without a key, for then nobody compares it.
    let bodyHash: Data

    init(_ intake: Intake, place: PlaceInput, client: ClientIdentity) throws {
        self.client = client
        key = intake.idempotencyKey.map { SubmissionKey(text: $0, client: client.id) }
        guard key != nil else {
            bodyHash = Data()
            return
        }
        var same = intake
        same.receivedAt = Date(timeIntervalSince1970: 0)
        same.idempotencyKey = nil
        // The choices between two roads, towns or lights stand beside the intake, and are part of what was sent.
        let chosen =
            [place.chosenRoad ?? "", place.chosenMunicipality ?? ""]
            + [place.chosenAsset, place.roadName].compactMap(\.self)
        bodyHash = Data(SHA256.hash(data: Data((try StoredJSON(same).text + chosen.joined(separator: "\n")).utf8)))
    }
}

/// The sender's key against double submission, which also locks the private link in the answer that is kept.
///
/// The answer must be given again word for word, the private link too, yet that link may not be read in the database. So the key is
/// stored as a hash, and the link encrypted under the key itself: only who sends the key again can open it.
struct SubmissionKey: Sendable {
    private let text: String
    private let client: String

    init(text: String, client: String) {
        self.text = text
        self.client = client
    }

    /// What is stored of the key.
    var stored: String {
        SHA256.hash(data: Data(text.utf8)).map { String(format: "%02x", $0) }.joined()
    }

    private var lock: SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(text.utf8)),
            salt: Data(client.utf8),
            info: Data("hub311 private link".utf8),
            outputByteCount: 32
        )
    }

    func sealed(_ receipt: Receipt) throws -> SealedReceipt {
        guard let token = receipt.privateToken else { return SealedReceipt(receipt: receipt, link: nil) }
        let box = try AES.GCM.seal(Data(token.utf8), using: lock)
        return SealedReceipt(receipt: receipt.with(privateToken: nil), link: box.combined)
    }

    func opened(_ sealed: SealedReceipt) throws -> Receipt {
        guard let link = sealed.link else { return sealed.receipt }
        let token = try AES.GCM.open(try AES.GCM.SealedBox(combined: link), using: lock)
        return sealed.receipt.with(privateToken: String(decoding: token, as: UTF8.self))
    }
}

/// An answer as it is kept for repetitions: the receipt without its private link, and that link locked.
struct SealedReceipt: Sendable, Codable {
    let receipt: Receipt
    let link: Data?
}

extension Receipt {
    /// The same with another private link.
    fileprivate func with(privateToken: String?) -> Receipt {
        Receipt(
            reference: reference,
            kind: kind,
            token: token,
            privateToken: privateToken,
            notice: notice,
            holder: holder,
            decision: decision,
            isReplay: isReplay
        )
    }
}
