import Foundation
import Testing
import XML

@Suite("Against bombs the reader", .serialized)
struct XMLBombTests {
    static let bombs: [(String, [UInt8])] = {
        let laughs =
            "<!DOCTYPE lolz [<!ENTITY l0 \"lol\">"
            + (1...9).map { level in
                "<!ENTITY l\(level) \"" + String(repeating: "&l\(level - 1);", count: 10) + "\">"
            }.joined() + "]><lolz>&l9;</lolz>"
        let quadratic =
            "<!DOCTYPE q [<!ENTITY a \"" + String(repeating: "x", count: 50_000) + "\">]><q>"
            + String(repeating: "&a;", count: 20_000) + "</q>"
        let parameter =
            "<!DOCTYPE p [<!ENTITY % a \"" + String(repeating: "x", count: 400) + "\">"
            + (1...20).map { level in "<!ENTITY % a\(level) '" + (0..<20).map { _ in "%a;" }.joined() + "'>%a\(level);"
            }
            .joined() + "]><p/>"
        let nested = String(repeating: "<a>", count: 100_000) + String(repeating: "</a>", count: 100_000)
        let texts: [(String, String)] = [
            ("billion laughs", laughs),
            ("quadratic entities", quadratic),
            ("parameter entities", parameter),
            ("external entity, file", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"),
            ("external entity, http", "<!DOCTYPE a [<!ENTITY x SYSTEM \"http://127.0.0.1:9/x\">]><a>&x;</a>"),
            ("external parameter entity", "<!DOCTYPE a [<!ENTITY % x SYSTEM \"file:///etc/passwd\">%x;]><a/>"),
            ("external subset", "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\"><a/>"),
            ("bare document type", "<!DOCTYPE a><a/>"),
            ("defaulted attributes", "<!DOCTYPE a [<!ATTLIST a b CDATA \"x\">]><a/>"),
            ("document type behind comments", "<?xml version='1.0'?><!-- x --><?p x?><!DOCTYPE a [ ]><a/>"),
            ("a hundred thousand levels", nested),
            ("a million empty elements", "<a>" + String(repeating: "<b/>", count: 262_000) + "</a>"),
            ("a hundred thousand attributes", "<a " + (0..<100_000).map { "a\($0)=''" }.joined(separator: " ") + "/>"),
            (
                "four thousand namespaces in scope",
                (0..<63).map { level in
                    "<a " + (0..<63).map { "xmlns:n\(level * 63 + $0)='u:'" }.joined(separator: " ") + ">"
                }.joined() + String(repeating: "<b/>", count: 90_000)
            ),
            ("one attribute of a mebibyte that does not end", "<a b=\"" + String(repeating: "<", count: 1 << 20)),
            ("a comment that does not end", "<!--" + String(repeating: "-", count: 1 << 19)),
        ]
        var list = texts.map { ($0.0, Array($0.1.utf8)) }
        list.append(("laughs in UTF-16", [0xFE, 0xFF] + utf16(laughs, bigEndian: true)))
        list.append(("fifty mebibytes", Array(repeating: UInt8(ascii: "<"), count: 50 << 20)))
        let hidden =
            "<?xml version=\"1.0\" encoding=\"UTF-7\"?>+ADwAIQ-DOCTYPE a [+ADwAIQ-ENTITY x 'y'+AD4AXQA+ADw-a/+AD4-"
        list.append(("document type hidden in UTF-7", Array(hidden.utf8)))
        return list
    }()

    /// A debug build runs the callbacks some ten times slower than the service does.
    #if DEBUG
        static let allowed = Duration.milliseconds(500)
    #else
        static let allowed = Duration.milliseconds(100)
    #endif

    @Test("A7: refuses each within 100 milliseconds, document types unread", arguments: bombs.indices)
    func refuses(index: Int) {
        let (name, bytes) = Self.bombs[index]
        var fault: XMLFault?
        // the best of three: the machine may be busy with something else
        let times = (0..<3).map { _ in
            ContinuousClock().measure {
                do throws(XMLFault) { _ = try XMLPullReader(bytes) } catch { fault = error }
            }
        }
        #expect(fault != nil, "\(name)")
        #expect(times.min() ?? .seconds(1) < Self.allowed, "\(name)")
        if name.contains("document type") || name.contains("entit") || name.contains("laughs") {
            let isHidden = name.contains("UTF-7")
            #expect(fault == (isHidden ? .encoding("UTF-7") : .documentType), "\(name)")
        }
    }

    // in a process of its own, so that no other test is counted
    @Test("A7: spends less than 20 MB on each, and on the largest document it takes")
    func memory() async {
        await #expect(processExitsWith: .success) {
            let largest = Array(("<a>" + String(repeating: "<bcdefg/>", count: 49_000) + "</a>").utf8)
            var costly: [String] = []
            for (name, bytes) in XMLBombTests.bombs + [("the largest document", largest)] {
                let growth = ResidentMemory.growth { _ = try? XMLPullReader(bytes) }
                if growth >= 20_000 { costly.append("\(name): \(growth) kB") }
            }
            precondition(costly.isEmpty, costly.joined(separator: "; "))
        }
    }

    @Test("A7: never leaves an entity for text, nor opens a file")
    func nothingIsRead() {
        // the text itself is fine: a document type inside character data is only text
        let harmless = "<a><![CDATA[<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>]]>&lt;!DOCTYPE</a>"
        let element = try? XMLElement(parsing: Array(harmless.utf8))
        #expect(element?.text == "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><!DOCTYPE")
    }

    @Test("A7: leaves XInclude as an element like any other")
    func inclusion() throws {
        let text =
            "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='file:///etc/passwd' parse='text'/></a>"
        let element = try XMLElement(parsing: Array(text.utf8))
        #expect(element.text.isEmpty)
        #expect(element.children.map(\.name.local) == ["include"])
    }
}

/// What the process holds in memory, as Linux counts it.
enum ResidentMemory {
    /// Most kilobytes held during some work beyond what was held before it.
    static func growth(_ work: () -> Void) -> Int {
        // Linux: 5 sets the peak back to what is held now
        try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
        let before = kilobytes("VmRSS:")
        work()
        return kilobytes("VmHWM:") - before
    }

    private static func kilobytes(_ field: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(field) }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? .max / 2
    }
}
