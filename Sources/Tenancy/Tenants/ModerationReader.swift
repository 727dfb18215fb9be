import Domain

/// Reads `moderation.yml`: what a tenant adds to the region's rules of publication.
struct ModerationReader {
    /// The settings; nil, with faults, when the file cannot be read.
    func read(_ map: YamlMapping) -> ModerationSettings? {
        let before = map.faults.count
        let hold = map.mapping("hold_words")
        let english = words(hold, "en")
        let french = words(hold, "fr")
        hold?.finish()
        let allowed = words(map, "allowed_words")
        let photos = map.flag("hold_photos", default: true)
        map.finish()
        guard map.faults.count == before else { return nil }
        return ModerationSettings(
            holdWordsEnglish: english,
            holdWordsFrench: french,
            allowedWords: allowed,
            holdsPhotos: photos
        )
    }

    /// Words or short phrases; what has no letter could never be found in a text.
    private func words(_ map: YamlMapping?, _ key: String) -> [String] {
        guard let map else { return [] }
        return map.texts(key, orOne: true, atMost: 60).compactMap { text, mark in
            guard text.contains(where: { $0.isLetter || $0.isNumber }) else {
                map.fault(at: mark, "\"\(FaultText.shown(text))\" has no letter; write a word or a short phrase")
                return nil
            }
            return text
        }
    }
}
