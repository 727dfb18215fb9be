import Domain

/// Days and times of the pages; the same words as in mails and texts.
typealias PageDates = WrittenDates
