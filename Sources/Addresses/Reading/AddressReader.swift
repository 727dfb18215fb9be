import Domain

/// Takes an address apart: tails, unit, number, street, municipality, in every way that makes sense.
///
/// It knows no street. Which municipality a word may name it asks through `place`; what is ambiguous it leaves as several readings,
/// for the book to choose by what exists.
struct AddressReader {
    /// The places that words name: exactly, or with a slip.
    let place: ([String]) -> PlaceMatch?

    private static let provinces: Set<String> = ["on", "ont", "ontario", "qc", "quebec", "canada", "ca"]
    private static let unitWords: Set<String> = [
        "unit", "unite", "apt", "apartment", "appartement", "app", "appt", "suite", "ste", "bureau", "bur", "room",
        "rm",
        "penthouse", "ph", "local", "piece", "lot", "bldg", "building", "batiment", "floor", "fl", "etage",
    ]
    private static let bodyWords: Set<String> = [
        "city", "town", "township", "twp", "village", "municipality", "ville", "canton", "municipalite", "region",
        "county",
    ]

    /// Reads a text.
    func read(_ text: String) -> ReadAddress {
        var result = ReadAddress()
        var words = AddressWord.words(of: String(text.prefix(300)))
        Self.takePostalCode(&words, into: &result)
        Self.dropTails(&words)
        Self.takePostalCode(&words, into: &result)
        Self.dropRouteAndBox(&words)
        var unit = Self.takeUnit(&words)
        if let first = words.first, first.afterHash, unit == nil, words.count > 2 {
            unit = first.text
            words.removeFirst()
        }
        for (rest, match, unknown) in withoutPlace(words) {
            appendReadings(of: rest, unit: unit, place: match, unknown: unknown, to: &result)
        }
        return result
    }

    // MARK: What stands at the end

    private static func takePostalCode(_ words: inout [AddressWord], into result: inout ReadAddress) {
        guard result.postalCode == nil else { return }
        for index in words.indices.reversed() where index > 0 || words.count > 1 {
            let pair =
                index + 1 < words.count && words[index].text.utf8.count == 3
                ? words[index].text + words[index + 1].text : ""
            switch (PostalCode.finding(pair), PostalCode.finding(words[index].text)) {
            case (.code(let code), _) where pair.utf8.count == 6:
                result.postalCode = code
                words.removeSubrange(index...index + 1)
                return
            case (.malformed, _) where pair.utf8.count == 6:
                result.warnings.append(.postalCodeInvalid)
                words.removeSubrange(index...index + 1)
                return
            case (_, .code(let code)) where words[index].text.utf8.count == 6 || index == words.count - 1:
                result.postalCode = code
                words.remove(at: index)
                return
            case (_, .malformed) where words[index].text.utf8.count == 6:
                result.warnings.append(.postalCodeInvalid)
                words.remove(at: index)
                return
            default: continue
            }
        }
    }

    private static func dropTails(_ words: inout [AddressWord]) {
        while words.count > 1, let last = words.last, provinces.contains(last.text) { words.removeLast() }
    }

    /// Takes off `RR 2`, `R.R. #2`, `PO Box 12`, `C.P. 12`, when a street stands before it.
    private static func dropRouteAndBox(_ words: inout [AddressWord]) {
        let texts = words.map(\.text)
        for index in texts.indices {
            var end = index
            // Before everything else it may stand too, when an address follows: `RR 2, 1219 15 Sideroad`.
            if index == 0, texts.count < 4 || words[safe: 2].map({ $0.afterComma || $0.text.hasDigit }) != true {
                continue
            }
            if texts[index] == "rr" || texts[index] == "rural" && texts[safe: index + 1] == "route" {
                // `120 RR 25` is a regional road: before a rural route stands a street with letters.
                guard index == 0 || texts[..<index].contains(where: { !$0.hasDigit && $0.utf8.count > 2 }) else {
                    continue
                }
                end = index + (texts[index] == "rr" ? 1 : 2)
            } else if texts[index] == "po" || texts[index] == "cp" || texts[index] == "box" {
                end = index + 1
                if texts[safe: end] == "box" { end += 1 }
            } else if texts[index] == "case", texts[safe: index + 1] == "postale" {
                end = index + 2
            } else {
                continue
            }
            if texts[safe: end] == "#" || texts[safe: end] == "no" { end += 1 }
            guard let number = texts[safe: end], number.isDigits, number.utf8.count <= 6 else { continue }
            words.removeSubrange(index...end)
            return
        }
    }

    /// Takes off the unit with its word, wherever it stands.
    private static func takeUnit(_ words: inout [AddressWord]) -> String? {
        for index in words.indices {
            let word = words[index]
            if word.afterHash, index > 0, !isAfterNumberedType(words, index) {
                let at = word.text == "#" ? index + 1 : index
                guard at < words.count, words[at].text.utf8.count <= 6 else { continue }
                let unit = words[at].text
                words.removeSubrange(index...at)
                return unit
            }
            guard unitWords.contains(word.text), let next = words[safe: index + 1] else { continue }
            // `Ste Anne St` is a saint, `Floor St` a street: a unit is a number or one or two letters.
            let value = next.text == "#" ? words[safe: index + 2] : next
            guard let value, value.text.hasDigit || value.text.utf8.count == 1 else { continue }
            if word.text == "ste" || word.text == "lot" || word.text == "local", !value.text.hasDigit { continue }
            let last = index + (next.text == "#" ? 2 : 1)
            if let dash = value.text.firstIndex(of: "-"), index == 0 {
                // `Unit 5-120 Main`: the number follows the dash.
                let unit = String(value.text[..<dash])
                words[last].text = String(value.text[value.text.index(after: dash)...])
                words.removeSubrange(index..<last)
                return unit
            }
            words.removeSubrange(index...last)
            return value.text
        }
        return nil
    }

    private static func isAfterNumberedType(_ words: [AddressWord], _ index: Int) -> Bool {
        let before = StreetType.joined(words[..<index].map(\.text)).last ?? ""
        return before == "rr" || before == "cr" || before == "no" || StreetType(word: before)?.isNumbered == true
    }

    // MARK: Municipality

    /// The words with each place that may be named at their end taken off, and as they are.
    private func withoutPlace(_ words: [AddressWord]) -> [(rest: [AddressWord], match: PlaceMatch?, unknown: String?)] {
        var results: [(rest: [AddressWord], match: PlaceMatch?, unknown: String?)] = []
        for length in [4, 3, 2, 1] where length < words.count || (length == words.count && results.isEmpty) {
            let tail = words.suffix(length)
            // A comma inside the tail parts street from municipality.
            guard !tail.dropFirst().contains(where: \.afterComma), !tail.contains(where: { $0.text.hasDigit }) else {
                continue
            }
            var names = tail.map(\.text)
            if names.count > 1, Self.bodyWords.contains(names[0]) {
                names.removeFirst()
                if names.count > 1, names[0] == "of" || names[0] == "de" { names.removeFirst() }
            }
            guard let match = place(names) else { continue }
            // A slip is forgiven only where a comma says that a municipality stands here, or nothing better is found.
            results.append((Array(words.dropLast(length)), match, nil))
        }
        if let comma = words.lastIndex(where: \.afterComma), comma > 0,
            !results.contains(where: { $0.match?.edits == 0 })
        {
            let tail = words[comma...]
            let before = words[..<comma]
            if !tail.contains(where: { $0.text.hasDigit }),
                before.contains(where: { !$0.text.hasDigit && $0.text.utf8.count > 1 }),
                !tail.contains(where: { StreetType(word: $0.text) != nil && tail.count > 1 }),
                before.count > 1 || before.first?.text.hasDigit == false
            {
                results.append((Array(before), nil, tail.map(\.text).joined(separator: " ")))
            }
        }
        results.append((words, nil, nil))
        return results
    }

    // MARK: Number and street

    private func appendReadings(
        of words: [AddressWord],
        unit: String?,
        place: PlaceMatch?,
        unknown: String?,
        to result: inout ReadAddress
    ) {
        func add(_ number: HouseNumber?, _ unit: String?, _ street: some Sequence<AddressWord>, _ weight: Double) {
            let street = street.map(\.text).filter { $0 != "#" }
            result.readings.append(
                AddressReading(
                    number: number,
                    unit: unit,
                    street: street,
                    place: place,
                    unknownPlace: unknown,
                    weight: weight
                )
            )
        }
        guard let first = words.first else { return add(nil, unit, [], 1) }
        var hasNumber = false
        if let dash = first.text.firstIndex(of: "-"), words.count > 1 {
            let left = String(first.text[..<dash])
            let right = String(first.text[first.text.index(after: dash)...])
            // Canada Post: unit, dash, number; in Quebec and by habit also number, dash, unit.
            if let number = Self.number(right) { add(number, unit ?? left, words.dropFirst(), 1) }
            if let number = Self.number(left) {
                add(number, unit ?? right, words.dropFirst(), 0.92)
                if right.utf8.count == 1, right.first?.isLetter == true {
                    add(HouseNumber(number.value, suffix: right), unit, words.dropFirst(), 1)
                }
            }
            hasNumber = true
        } else if let number = Self.number(first.text), words.count > 1 {
            if let next = words[safe: 1], Self.isSuffix(next.text), words.count > 2, !next.afterComma {
                add(HouseNumber(number.value, suffix: next.text), unit, words.dropFirst(2), 1)
            }
            // `5 120 Main St`: a unit, then the number.
            if let next = words[safe: 1], next.text.isDigits, words.count > 2, unit == nil,
                let second = Self.number(next.text)
            {
                add(second, first.text, words.dropFirst(2), 0.97)
            }
            add(number, unit, words.dropFirst(), 1)
            hasNumber = true
        }
        // Without a number, or with one that belongs to the name: `5 Line`.
        if !hasNumber || Self.mayBeNumberedName(words) { add(nil, unit, words, hasNumber ? 0.8 : 1) }
        addNumberBehind(words, hasNumber, add)
        addCrossings(words, unit, place, unknown, hasNumber, to: &result)
    }

    /// `rue Main 12`, `Main St 12`: the number behind the street.
    private func addNumberBehind(
        _ words: [AddressWord],
        _ hasNumber: Bool,
        _ add: (HouseNumber?, String?, ArraySlice<AddressWord>, Double) -> Void
    ) {
        guard let last = words.last, words.count > 1, let number = Self.number(last.text) else { return }
        if hasNumber {
            // `120 Main St, 5`: what follows a comma is a unit.
            guard words.count > 2, let first = Self.number(words[0].text) else { return }
            add(first, last.text, words.dropFirst().dropLast(), 0.95)
        } else {
            add(number, nil, words.dropLast(), 0.9)
        }
    }

    private func addCrossings(
        _ words: [AddressWord],
        _ unit: String?,
        _ place: PlaceMatch?,
        _ unknown: String?,
        _ hasNumber: Bool,
        to result: inout ReadAddress
    ) {
        guard !hasNumber || Self.mayBeNumberedName(words) else { return }
        var words = words
        if let first = words.first?.text, ["corner", "coin", "intersection"].contains(first), words.count > 2 {
            words.removeFirst()
            while let first = words.first?.text, ["of", "de", "des", "du"].contains(first), words.count > 2 {
                words.removeFirst()
            }
        }
        for index in words.indices where words[index].isCrossing && index > 0 && index < words.count - 1 {
            result.readings.append(
                AddressReading(
                    street: words[..<index].map(\.text),
                    crossStreet: words[(index + 1)...].map(\.text),
                    place: place,
                    unknownPlace: unknown
                )
            )
        }
    }

    private static func mayBeNumberedName(_ words: [AddressWord]) -> Bool {
        guard let next = words[safe: 1] else { return false }
        let joined = StreetType.joined(words.dropFirst().map(\.text))
        return StreetType(word: next.text)?.isNumbered == true
            || StreetType(word: joined.first ?? "")?.isNumbered == true
    }

    /// `a` to `z` and fractions after a number; `e`, `s`, `n` and `w` too, since a street rarely begins with a lone direction.
    private static func isSuffix(_ text: String) -> Bool {
        text.utf8.count == 1 && text.first?.isLetter == true || ["1/2", "1/4", "3/4"].contains(text)
    }

    /// A civic number in one word: `12`, `12a`; nil for an ordinal such as `4th` and for anything else.
    static func number(_ text: String) -> HouseNumber? {
        let digits = text.prefix { $0.isNumber }
        guard !digits.isEmpty, digits.utf8.count <= 7, let value = Int(digits) else { return nil }
        let suffix = String(text.dropFirst(digits.count))
        if suffix.isEmpty { return HouseNumber(value) }
        if suffix == "bis" || suffix == "ter" { return HouseNumber(value, suffix: suffix) }
        guard suffix.utf8.count == 1, suffix.first?.isLetter == true else { return nil }
        return HouseNumber(value, suffix: suffix)
    }
}

extension Array {
    /// The element at an index; nil outside.
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
