import Foundation
import Glibc

/// The bytes: heads and bodies read, answers written, well or badly.
extension FakeOpen311Server {
    typealias Head = (method: String, target: String, headers: [String], already: [UInt8], length: Int)

    /// Reads up to the blank line; nil when the other hung up before.
    func readHead(_ connection: Int32) -> Head? {
        var bytes: [UInt8] = []
        let end: [UInt8] = [13, 10, 13, 10]
        while bytes.count < 1 << 16 {
            guard let part = receive(connection) else { return nil }
            bytes += part
            guard let found = bytes.firstRange(of: end) else { continue }
            let lines = String(decoding: bytes[..<found.lowerBound], as: UTF8.self)
                .split(separator: "\r\n").map(String.init)
            let first = (lines.first ?? "").split(separator: " ").map(String.init)
            guard first.count == 3 else { return nil }
            let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.dropFirst(15).filter { $0 != " " }) }
            return (first[0], first[1], Array(lines.dropFirst()), Array(bytes[found.upperBound...]), length ?? 0)
        }
        return nil
    }

    /// Reads the rest of a body; nil when the other hung up before.
    func readBody(_ connection: Int32, _ already: [UInt8], _ length: Int) -> String? {
        var bytes = already
        while bytes.count < length {
            guard let part = receive(connection) else { return nil }
            bytes += part
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads until the other hangs up, answering nothing.
    func waitForTheOther(_ connection: Int32) {
        while receive(connection) != nil {}
    }

    /// Writes a whole answer.
    func send(_ connection: Int32, _ status: Int, _ body: String, _ headers: [String] = []) {
        let type = body.hasPrefix("<html") ? "text/html" : "text/xml; charset=utf-8"
        let head = ["HTTP/1.1 \(status) Status", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"]
        write(connection, (head + headers).joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Writes a body without end, until the other hangs up.
    func sendEndlessly(_ connection: Int32) {
        guard write(connection, "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<service_requests>") else { return }
        let part = String(repeating: "<request/>", count: 1000)
        while write(connection, part) {}
    }

    /// Writes a proper answer a byte at a time, until it is done or the other hangs up.
    func sendSlowly(_ connection: Int32, _ milliseconds: Int) {
        let body = "<service_requests><request><service_request_id>S1</service_request_id></request></service_requests>"
        guard write(connection, "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n") else { return }
        for byte in body.utf8 {
            guard write(connection, String(UnicodeScalar(byte))) else { return }
            usleep(UInt32(milliseconds) * 1000)
        }
    }

    private func receive(_ connection: Int32) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        // bytes read; 0 end, -1 failure
        let count = recv(connection, &buffer, buffer.count, 0)
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    @discardableResult
    private func write(_ connection: Int32, _ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            // bytes written, -1 failure; without the flag a closed connection would end the process
            let count = rest.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
