import Domain
import Foundation
import Open311
import Testing

@Suite("Whatever comes")
struct FuzzTests {
    static let seed: UInt64 = 311_311

    private func mutated(_ original: [UInt8], atMost most: Int = 8, _ random: inout SplitMix) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...most, using: &random) where !bytes.isEmpty {
            let position = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: position)
            case 2: bytes.insert(contentsOf: bytes[position...].prefix(16), at: position)
            case 3: bytes.removeSubrange(position...)
            default: bytes.insert("<>&;\"'[]{}:,%=+\r\n-\\".utf8.randomElement(using: &random) ?? 0, at: position)
            }
        }
        return bytes
    }

    @Test("a POST is a submission or faults with sentences, never a crash")
    func posts() {
        let form = Array(
            ("service_code=A&lat=44.2&long=-79.3&address_string=x&description=a%0D%0Ab&media_url=https://a.example/x"
                + "&attribute%5BS%5D%5B%5D=h1&update_id=1&service_request_id=2&status=OPEN&updated_datetime=2026-03-01T09:00:00Z"
                + "&start_date=2026-01-01T00:00:00Z&page=2&page_size=10&radius=5").utf8
        )
        let parts = Array(
            ("--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--X\r\nContent-Disposition: form-data;"
                + " name=\"media\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\0\u{1}\r\n--X--\r\n").utf8
        )
        var random = SplitMix(seed: Self.seed)
        var accepted = 0
        func note(_ faults: Open311Faults, _ round: Int) {
            #expect(!faults.list.isEmpty, "seed \(Self.seed), round \(round)")
            #expect(faults.list.allSatisfy { (400..<500).contains($0.status) && !$0.description.isEmpty })
            // whatever the fault quotes, it can be sent
            #expect(!faults.message.encoded(as: .xml).isEmpty)
        }
        for round in 0..<4000 {
            do throws(Open311Faults) {
                _ = try RequestBody(contentType: "multipart/form-data; boundary=X", bytes: mutated(parts, &random))
            } catch {
                note(error, round)
            }
            do throws(Open311Faults) {
                let body = try RequestBody(contentType: nil, bytes: mutated(form, &random))
                let parameters = ParameterSet(query: [], body: body.fields)
                accepted += try tryAll(parameters)
            } catch {
                note(error, round)
            }
        }
        #expect(accepted > 1000)
    }

    /// Number of readers that took the parameters.
    ///
    /// - Throws: the faults of the last one that did not, when none did.
    private func tryAll(_ parameters: ParameterSet) throws(Open311Faults) -> Int {
        let readers = [
            faults { () throws(Open311Faults) in _ = try RequestSubmission(parameters) },
            faults { () throws(Open311Faults) in _ = try UpdateSubmission(parameters) },
            faults { () throws(Open311Faults) in
                _ = try RequestListQuery(parameters, now: Date(timeIntervalSince1970: 0))
            },
        ]
        let found = readers.compactMap(\.self)
        if found.count == readers.count, let last = found.last { throw last }
        return readers.count - found.count
    }

    private func faults(_ read: () throws(Open311Faults) -> Void) -> Open311Faults? {
        do throws(Open311Faults) {
            try read()
            return nil
        } catch {
            return error
        }
    }

    @Test("an answer is read or refused, never a crash", arguments: Format.allCases)
    func answers(format: Format) {
        let request = ServiceRequestMessage(
            serviceRequestID: "1",
            status: .open,
            description: "\"a\"<é🚧>\n",
            requestedAt: Date(timeIntervalSince1970: 0)
        )
        let original = ListMessage([request, request]).encoded(as: format)
        var random = SplitMix(seed: Self.seed)
        var read = 0
        for _ in 0..<2000 {
            let bytes = mutated(original, atMost: 2, &random)
            #expect(!ErrorsMessage(reading: bytes, status: 500).entries.isEmpty)
            guard let answer = try? OutsideAnswer(bytes) else { continue }
            read += 1
            _ = try? answer.requests()
            _ = try? answer.services()
            _ = try? answer.definition(of: "A")
            _ = try? answer.postedRequest()
            _ = try? answer.updates()
            _ = try? answer.token("t")
        }
        #expect(read > 50)
    }

    @Test("dates and numbers of any text are read or not, never a crash")
    func values() {
        var random = SplitMix(seed: Self.seed)
        let letters = Array("0123456789-+:.TZ e,\u{0}é")
        for _ in 0..<20_000 {
            let text = String(
                (0..<Int.random(in: 0...30, using: &random)).compactMap { _ in letters.randomElement(using: &random) }
            )
            if let date = WireDateTime.date(text) { #expect(WireDateTime.date(WireDateTime.text(date)) == date) }
            if let value = PlainDecimal.value(text) { #expect(value.isFinite) }
        }
    }
}
