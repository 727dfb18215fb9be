/// The letters of an mbox file (RFC 4155): each begins with a line `From `, and a line of text that begins so has a `>` before it.
public enum LettersOfMbox {
    /// The letters, in their order.
    public static func letters(_ bytes: [UInt8]) -> [[UInt8]] {
        let mark = Array("From ".utf8)
        let quoted = Array(">From ".utf8)
        var letters: [[UInt8]] = []
        var letter: [UInt8]?
        for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
            if line.starts(with: mark) {
                if let letter { letters.append(letter) }
                letter = []
                continue
            }
            letter?.append(contentsOf: line.starts(with: quoted) ? line.dropFirst() : line)
            letter?.append(10)
        }
        if let letter { letters.append(letter) }
        return letters
    }
}
