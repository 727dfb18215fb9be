import Postgres

extension Row {
    /// A column of words that an enum lists.
    func word<Word: RawRepresentable<String>>(_ column: String, as type: Word.Type = Word.self) throws -> Word {
        let text = try decode(column, as: String.self)
        guard let word = Word(rawValue: text) else {
            throw StorageError.unreadable(what: "\(column): \(text) is no \(Word.self)")
        }
        return word
    }

    /// A column of words that an enum lists, or NULL.
    func wordIfPresent<Word: RawRepresentable<String>>(
        _ column: String,
        as type: Word.Type = Word.self
    ) throws -> Word? {
        try decode(column, as: String?.self) == nil ? nil : word(column)
    }

    /// A `jsonb` column.
    func json(_ column: String) throws -> StoredJSON {
        StoredJSON(value: try decode(column, as: JSONValue.self))
    }

    /// A `jsonb` column or NULL.
    func jsonIfPresent(_ column: String) throws -> StoredJSON? {
        try decode(column, as: JSONValue?.self).map(StoredJSON.init(value:))
    }
}
