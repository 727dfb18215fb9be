import Domain
import Testing

@testable import Geo

@Suite("Current index") struct CurrentIndexTests {
    @Test("starts empty and answers with what was put in force last") func replaces() throws {
        let current = CurrentIndex()
        #expect(current.generation == nil)
        #expect(current.index.facts(at: at(0, 0)).municipality == .unknown)
        current.replace(with: BoundaryIndex([area("a", box(0, 0, 9, 9))], generation: GenerationID(1)))
        let held = current.index
        current.replace(with: BoundaryIndex([area("b", box(0, 0, 9, 9))], generation: GenerationID(2)))
        #expect(held.areas(at: at(5, 5)).map(\.id.rawValue) == ["a"], "a batch under way keeps its generation")
        #expect(current.index.areas(at: at(5, 5)).map(\.id.rawValue) == ["b"])
    }

    @Test("is replaced a thousand times while others look up, and nobody sees half of it") func underLoad() async {
        let indexes = (0..<4).map { number in
            BoundaryIndex([area("only-\(number)", box(0, 0, 9, 9))], generation: GenerationID(number))
        }
        let current = CurrentIndex(indexes[0])
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var wrong = 0
                    for _ in 0..<20_000 {
                        let index = current.index
                        let expected = "only-\(index.generation?.rawValue ?? -1)"
                        if index.areas(at: at(5, 5)).first?.id.rawValue != expected { wrong += 1 }
                    }
                    return wrong
                }
            }
            group.addTask {
                for round in 0..<1_000 { current.replace(with: indexes[round % 4]) }
                return 0
            }
            var wrong = 0
            for await count in group { wrong += count }
            #expect(wrong == 0)
        }
    }
}
