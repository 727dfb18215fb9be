/// Words that hold a text until a person has read it, in both languages.
///
/// A short list of what is rude beyond doubt; words that are also plain ones (a dam, a female dog) are left out, and a tenant adds its own
/// in `moderation.yml`. Compared without accents and capitals, as whole words.
public struct HoldWords: Sendable, Hashable {
    /// English words.
    public let english: [String]
    /// French words, those of Québec and Ontario among them.
    public let french: [String]

    /// Two lists.
    public init(english: [String], french: [String]) {
        self.english = english
        self.french = french
    }

    /// What every tenant begins with.
    public static let standard = HoldWords(
        english: [
            "arsehole", "asshole", "assholes", "bastard", "bastards", "bullshit", "cocksucker", "cunt", "cunts",
            "dickhead", "dickheads", "faggot", "faggots", "fuck", "fucked", "fucker", "fuckers", "fuckin", "fucking",
            "fucks", "jackass", "kike", "moron", "morons", "motherfucker", "motherfuckers", "nigger", "niggers",
            "paki", "pakis", "piss off", "prick", "pricks", "scumbag", "scumbags",
            "shit", "shithead", "shits", "shitty", "slut", "sluts", "spic", "tranny", "twat", "wanker", "whore",
            "whores",
            "wtf",
        ],
        french: [
            "batard", "batards", "bougnoule", "bougnoules", "calisse", "caliss", "calice de", "chiasse", "chienne de",
            "con de", "connard", "connards", "connasse", "connasses", "conne", "couillon", "crisse", "criss", "cretin",
            "cretins", "encule", "encules", "enculer", "enfoire", "enfoires", "esti", "estie", "fils de pute", "foutre",
            "gouine", "imbecile", "imbeciles", "maudit epais", "merde", "merdes", "merdeux", "negre", "negres", "nique",
            "niquer", "osti", "pede", "pedes", "petasse", "pouffiasse", "putain", "pute", "putes", "salaud", "salauds",
            "salopard", "salope", "salopes", "tabarnak", "tabarnac", "trou de cul", "va chier",
            "viarge", "youpin", "youpins",
        ]
    )
}
