public import Foundation

/// Why a body will not do what was asked, in words the resident reads; never missing in one of the languages.
public struct PublicReason: Sendable, Hashable, Codable {
    /// The reason.
    public let text: LocalizedText

    /// A reason the resident could not read.
    public struct Invalid: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is needed.
        public var description: String {
            "a reason is needed in English and in French, each at most 1000 characters; the resident reads it"
        }
    }

    /// A reason in both languages.
    /// - Throws: ``Invalid`` when one language is missing or too long.
    public init(english: String?, french: String?) throws(Invalid) {
        func words(_ text: String?) throws(Invalid) -> String {
            let words = (text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
            guard !words.isEmpty, words.unicodeScalars.count <= 1000 else { throw Invalid() }
            return words
        }
        text = LocalizedText(english: try words(english), french: try words(french))
    }
}
