/// Holidays that calendar files may name instead of spelling out a rule.
///
/// The first nine are statutory in Ontario; the others are kept by many municipalities, each tenant by its own choice.
public enum KnownHoliday: String, Sendable, Hashable, Codable, CaseIterable {
    /// 1 January.
    case newYearsDay = "new-years-day"
    /// Third Monday of February.
    case familyDay = "family-day"
    /// Friday before Easter.
    case goodFriday = "good-friday"
    /// Monday before 25 May.
    case victoriaDay = "victoria-day"
    /// 1 July.
    case canadaDay = "canada-day"
    /// First Monday of September.
    case labourDay = "labour-day"
    /// Second Monday of October.
    case thanksgiving
    /// 25 December.
    case christmasDay = "christmas-day"
    /// 26 December.
    case boxingDay = "boxing-day"
    /// Monday after Easter.
    case easterMonday = "easter-monday"
    /// First Monday of August: Simcoe Day, Colonel By Day and other names.
    case civicHoliday = "civic-holiday"
    /// 30 September.
    case truthAndReconciliation = "truth-and-reconciliation"
    /// 11 November.
    case remembranceDay = "remembrance-day"
    /// 24 December.
    case christmasEve = "christmas-eve"
    /// 31 December.
    case newYearsEve = "new-years-eve"

    /// The nine days of the Employment Standards Act of Ontario.
    public static let statutoryInOntario: [KnownHoliday] = [
        .newYearsDay, .familyDay, .goodFriday, .victoriaDay, .canadaDay, .labourDay, .thanksgiving,
        .christmasDay,
        .boxingDay,
    ]

    /// How its day is found.
    public var rule: HolidayRule {
        switch self {
        case .newYearsDay: .fixed(month: 1, day: 1)
        case .familyDay: .nthWeekday(3, .monday, month: 2)
        case .goodFriday: .easter(offset: -2)
        case .victoriaDay: .weekdayOnOrBefore(.monday, month: 5, day: 24)
        case .canadaDay: .fixed(month: 7, day: 1)
        case .labourDay: .nthWeekday(1, .monday, month: 9)
        case .thanksgiving: .nthWeekday(2, .monday, month: 10)
        case .christmasDay: .fixed(month: 12, day: 25)
        case .boxingDay: .fixed(month: 12, day: 26)
        case .easterMonday: .easter(offset: 1)
        case .civicHoliday: .nthWeekday(1, .monday, month: 8)
        case .truthAndReconciliation: .fixed(month: 9, day: 30)
        case .remembranceDay: .fixed(month: 11, day: 11)
        case .christmasEve: .fixed(month: 12, day: 24)
        case .newYearsEve: .fixed(month: 12, day: 31)
        }
    }

    /// Its name in both languages.
    public var name: LocalizedText {
        switch self {
        case .newYearsDay: LocalizedText(english: "New Year's Day", french: "Jour de l'An")
        case .familyDay: LocalizedText(english: "Family Day", french: "Jour de la Famille")
        case .goodFriday: LocalizedText(english: "Good Friday", french: "Vendredi saint")
        case .victoriaDay: LocalizedText(english: "Victoria Day", french: "Fête de Victoria")
        case .canadaDay: LocalizedText(english: "Canada Day", french: "Fête du Canada")
        case .labourDay: LocalizedText(english: "Labour Day", french: "Fête du Travail")
        case .thanksgiving: LocalizedText(english: "Thanksgiving", french: "Action de grâces")
        case .christmasDay: LocalizedText(english: "Christmas Day", french: "Noël")
        case .boxingDay: LocalizedText(english: "Boxing Day", french: "Lendemain de Noël")
        case .easterMonday: LocalizedText(english: "Easter Monday", french: "Lundi de Pâques")
        case .civicHoliday: LocalizedText(english: "Civic Holiday", french: "Congé civique")
        case .truthAndReconciliation:
            LocalizedText(
                english: "National Day for Truth and Reconciliation",
                french: "Journée nationale de la vérité et de la réconciliation"
            )
        case .remembranceDay: LocalizedText(english: "Remembrance Day", french: "Jour du Souvenir")
        case .christmasEve: LocalizedText(english: "Christmas Eve", french: "Veille de Noël")
        case .newYearsEve: LocalizedText(english: "New Year's Eve", french: "Veille du jour de l'An")
        }
    }
}
