import Open311
import Testing

@Suite("Multipart bodies")
struct MultipartBodyTests {
    private func body(_ parts: [(headers: String, content: String)], boundary: String = "X") -> [UInt8] {
        let text = parts.map { "--\(boundary)\r\n\($0.headers)\r\n\r\n\($0.content)\r\n" }.joined()
        return Array((text + "--\(boundary)--\r\n").utf8)
    }

    private func field(_ name: String, _ content: String) -> (headers: String, content: String) {
        ("Content-Disposition: form-data; name=\"\(name)\"", content)
    }

    private func fault(_ bytes: [UInt8], boundary: String = "X") -> Open311Faults? {
        #expect(throws: Open311Faults.self) { try MultipartBody(bytes, boundary: boundary) }
    }

    @Test("P13: fields read like those of a form")
    func fields() throws {
        let read = try MultipartBody(
            body([field("service_code", "A"), field("attribute[S][]", "é\r\nb"), field("empty", "")]),
            boundary: "X"
        )
        #expect(
            read.fields == [
                FormField("service_code", "A"), FormField("attribute[S][]", "é\nb"), FormField("empty", ""),
            ]
        )
        #expect(read.files.isEmpty)
    }

    @Test("P14: files keep their bytes, line ends and dashes included")
    func files() throws {
        let content = "\r\n--Y\r\n\0\u{1}--X no\r\n\r\n"
        let read = try MultipartBody(
            body([
                (
                    "Content-Disposition: form-data; name=\"media\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg",
                    content
                ),
                ("content-disposition: FORM-DATA; name=photo1; filename=b.png", "x"),
            ]),
            boundary: "X"
        )
        #expect(read.files.map(\.field) == ["media", "photo1"])
        #expect(read.files.map(\.filename) == ["a.jpg", "b.png"])
        #expect(read.files.map(\.contentType) == ["image/jpeg", nil])
        #expect(read.files.first.map { Array($0.bytes) } == Array(content.utf8))
    }

    @Test("P14: an empty file input gives no file")
    func emptyFile() throws {
        let read = try MultipartBody(
            body([("Content-Disposition: form-data; name=\"media\"; filename=\"\"", "")]),
            boundary: "X"
        )
        #expect(read.files.isEmpty && read.fields.isEmpty)
    }

    @Test(
        "A12: file names lose folders, leading points and hidden characters",
        arguments: [
            ("../../etc/passwd", "passwd"), ("C:\\\\photos\\\\a.jpg", "a.jpg"), ("..", "file"),
            (".htaccess", "htaccess"),
            ("a\u{202E}gpj.exe", "agpj.exe"), ("été 🚧.jpg", "été 🚧.jpg"), ("/", "file"), ("a;b.jpg", "a;b.jpg"),
            ("a\\\"b.jpg", "a\"b.jpg"),
        ]
    )
    func names(sent: String, kept: String) throws {
        let read = try MultipartBody(
            body([("Content-Disposition: form-data; name=\"media\"; filename=\"\(sent)\"", "x")]),
            boundary: "X"
        )
        #expect(read.files.map(\.filename) == [kept])
    }

    @Test("takes a preamble, an epilogue, bare line feeds and blanks behind the boundary")
    func tolerance() throws {
        let text =
            "hello\r\n--X \t\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\n--X\n"
            + "Content-Disposition: form-data; name=\"b\"\n\n2\n--X--\nbye --X"
        #expect(
            try MultipartBody(Array(text.utf8), boundary: "X").fields == [FormField("a", "1"), FormField("b", "2")]
        )
    }

    @Test("A12: broken bodies are a 400")
    func broken() {
        let good = body([field("a", "1")])
        #expect(fault([])?.status == 400)
        #expect(fault(Array("--Y--".utf8))?.status == 400)
        #expect(fault(Array(good.dropLast(8)))?.status == 400)
        #expect(fault(Array(good.prefix(3)))?.status == 400)
        #expect(fault(Array(good.prefix(20)))?.status == 400)
        #expect(fault(good, boundary: "")?.status == 400)
        #expect(fault(good, boundary: String(repeating: "X", count: 71))?.status == 400)
        #expect(fault(body([("Content-Type: text/plain", "1")]))?.status == 400)
        #expect(fault(body([("Content-Disposition: attachment; name=\"a\"", "1")]))?.status == 400)
        #expect(fault(body([field("", "1")]))?.status == 400)
        #expect(fault(body([("no colon", "1")]))?.status == 400)
        #expect(fault(body([field("a", "\0")]))?.list.map(\.field) == ["a"])
        let nul = body([("Content-Disposition: form-data; name=\"a\"; filename=\"x\0.jpg\"", "1")])
        #expect(fault(nul)?.list.map(\.field) == ["a"])
        let encoded = body([("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64", "MQ==")]
        )
        #expect(fault(encoded)?.list.map(\.field) == ["a"])
    }

    @Test("A12: a thousand parts, long headers, long texts and 21 MiB are a 413")
    func limits() {
        #expect(fault(body((0..<1000).map { field("a\($0)", "x") }))?.status == 413)
        #expect(fault(body([("X-Long: " + String(repeating: "x", count: 9000), "1")]))?.status == 413)
        #expect(fault(body([field("a", String(repeating: "x", count: (1 << 20) + 1))]))?.status == 413)
        #expect(fault(Array(repeating: 0, count: (20 << 20) + 1))?.status == 413)
    }
}
