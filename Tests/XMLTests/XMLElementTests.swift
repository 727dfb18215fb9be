import Testing
import XML

@Suite("An element")
struct XMLElementTests {
    private let root = try? XMLElement(
        parsing: Array("<a x='1'>one<b>two</b>three<b>four</b><c xmlns='urn:c'><b/></c></a>".utf8)
    )

    @Test("keeps children and text in their order")
    func order() {
        #expect(root?.text == "onethree")
        #expect(root?.children.map(\.name.local) == ["b", "b", "c"])
        #expect(root?.nodes.count == 5)
    }

    @Test("finds children by name, and by namespace when one is given")
    func children() {
        #expect(root?.first("b")?.text == "two")
        #expect(root?.all("b").map(\.text) == ["two", "four"])
        #expect(root?.first("c", namespace: "urn:c") != nil)
        #expect(root?.first("c", namespace: "urn:other") == nil)
        #expect(root?.attribute("x") == "1")
        #expect(root?.attribute("x", namespace: "urn:c") == nil)
    }
}
