import Testing

@testable import Tenancy

@Suite("A YAML file is read with places and refused with reasons")
struct YamlFileTests {
    private func faults(_ bytes: [UInt8]) -> [String] {
        let list = FaultList()
        _ = YamlFile(name: "x.yml", faults: list).read(bytes: bytes)
        return list.sorted.map(\.description)
    }

    private func faults(_ text: String) -> [String] { faults(Array(text.utf8)) }

    @Test(
        "says what is wrong and on which line",
        arguments: [
            // text, faults; the reason is in the text
            ("a: 1\nb: [2, 3]\n", []),
            ("\u{FEFF}a: 1\n", []),
            ("a: 1\r\nb: 2\r\n", []),
            ("", ["x.yml: is empty"]),
            ("a: 1\n\tb: 2\n", ["x.yml:2:1: a tab indents this line; use blanks"]),
            ("a: x\u{7}\n", ["x.yml:1:5: contains the control character U+7"]),
            ("a: x\u{202E}\n", ["x.yml:1:5: contains the control character U+202E"]),
            ("a: 1\nb: 2\na: 3\n", ["x.yml:3:1: the key \"a\" is written twice; it was first on line 1"]),
            (
                "- code: 1\n  is: 2\n  code: 3\n- code: 4\n  \"code\": 5\n",
                [
                    "x.yml:3:3: the key \"code\" is written twice; it was first on line 1",
                    "x.yml:5:3: the key \"code\" is written twice; it was first on line 4",
                ]
            ),
            (
                "name: { en: a, fr: b, en: c }\n",
                ["x.yml:1:23: the key \"en\" is written twice; it was first on line 1"]
            ),
            (
                "a: &x [1]\nb: *x\n",
                ["x.yml:1:4: has an anchor (&); anchors and aliases are not allowed, write the value out"]
            ),
            ("a: 1\nb: *nobody\n", ["x.yml:2:4: is not YAML: found undefined alias"]),
            ("? [1, 2]\n: 3\n", ["x.yml:1:3: a key must be a plain text"]),
            ("a: [1\nb: 2\n", nil),
            (
                "a: 1\n---\nb: 2\n",
                [
                    "x.yml:2:1: is not YAML: but found another document expected a single document in the stream that begins on line 1"
                ]
            ),
        ] as [(String, [String]?)]
    )
    func faultsWithPlaces(text: String, expected: [String]?) {
        let found = faults(text)
        if let expected {
            #expect(found == expected)
        } else {
            #expect(found.count == 1)
            #expect(found.first?.contains("is not YAML") == true)
        }
    }

    @Test("names the line on which UTF-8 ends")
    func invalidUTF8() {
        #expect(
            faults([97, 58, 32, 49, 10, 98, 58, 32, 0xC3, 0x28, 10]) == ["x.yml:2: is not UTF-8 text from this line on"]
        )
    }

    @Test("refuses a file that is too large before parsing it")
    func tooLarge() {
        let bytes = [UInt8](repeating: 97, count: YamlFile.largestSize + 1)
        #expect(faults(bytes) == ["x.yml: has 2000001 bytes; a file of this kind may have 2000000"])
    }

    @Test("a bomb of aliases, also as a key, and a tower of brackets cost nothing")
    func bombs() {
        let laughs =
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + zip("bcdefghi", "abcdefgh").map { "\($0): &\($0) [*\($1),*\($1),*\($1),*\($1),*\($1),*\($1),*\($1)]\n" }
            .joined()
        let clock = ContinuousClock()
        let spent = clock.measure {
            #expect(faults(laughs) == ["x.yml: has 56 aliases (*); write the values out"])
            #expect(faults(laughs + "? *i\n: 1\n").count == 1)
            #expect(faults("a: &a [x]\nb: &b [*a,*a]\n? *b\n: 1\n").isEmpty == false)
            #expect(faults(String(repeating: "[", count: 200_000)).count == 1)
            #expect(faults(String(repeating: "- ", count: 200_000)).count == 1)
            let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
            #expect(faults(deep) == ["x.yml:1:26: is nested deeper than 24 levels"])
        }
        #expect(spent < .seconds(5))
    }

    @Test("a missing file and a folder in its place are faults of the file")
    func noFile() {
        let list = FaultList()
        _ = YamlFile(name: "none.yml", faults: list).read(path: "/nowhere/none.yml")
        _ = YamlFile(name: "root", faults: list).read(path: "/")
        #expect(list.sorted.map(\.description) == ["none.yml: the file is missing", "root: is not a regular file"])
    }
}

@Suite("A near miss is suggested")
struct NearMissTests {
    @Test(
        "by letters, case and hyphens, not by fancy",
        arguments: [
            ("servce_code", "service_code"),  // a letter lost
            ("service-code", "service_code"),  // hyphen
            ("Service_Code", "service_code"),  // case
            ("srevice_code", "service_code"),  // two letters swapped
            ("colour", nil),
            ("kidn", "kind"),
            ("x", nil),
        ] as [(String, String?)]
    )
    func nearest(word: String, expected: String?) {
        #expect(NearMiss.of(word, among: ["service_code", "service_name", "kind", "description"]) == expected)
    }
}
