@testable import Tenancy

/// Ways to spoil `templates/tiny.yml`, and what must be said about each.
enum SpoiledTemplates {
    private static let file = "templates/tiny.yml"

    static let rows: [Spoiled] = [
        Spoiled(
            file,
            "service_part: road.sign",
            "servce_part: road.sign",
            "templates/tiny.yml:6:5: the key \"service_part\" is missing",
            "templates/tiny.yml:11:5: unknown key \"servce_part\"; did you mean service_part?"
        ),
        Spoiled(
            file,
            "service_code: RD-SIGN",
            "service_code: rd sign",
            "templates/tiny.yml:6:19: \"service_code\" is \"rd sign\"; must be 2 to 32 of A-Z, 0-9 and hyphen, such as "
                + "RD-POTH; a tenant's own begins with its code, BB:XX-DOCK"
        ),
        Spoiled(
            file,
            "kind: number",
            "kind: nubmer",
            "templates/tiny.yml:23:15: \"nubmer\" is no kind of question; did you mean number?"
        ),
        Spoiled(
            file,
            "priority: P1",
            "priority: P0",
            "templates/tiny.yml:30:19: \"P0\" is no priority; did you mean P1?"
        ),
        Spoiled(
            file,
            "{ en: A sign is down., fr: Un panneau est tombé. }",
            "{ en: A sign is down. }",
            "templates/tiny.yml:8:18: the key \"fr\" is missing"
        ),
        Spoiled(
            file,
            "{ en: A sign is down., fr: Un panneau est tombé. }",
            "A sign is down.",
            "templates/tiny.yml:8:18: \"description\" must be { en: …, fr: … }, is a text"
        ),
        Spoiled(
            file,
            "group: roads\n    keywords",
            "group: rodes\n    keywords",
            "templates/tiny.yml:9:12: \"rodes\" is no group; did you mean roads?"
        ),
        Spoiled(
            file,
            "en: [stop sign]",
            "en: [\"stop, sign\", staff]",
            "templates/tiny.yml:10:22: the keyword \"stop, sign\" contains a comma; Open311 joins keywords by commas",
            "templates/tiny.yml:10:36: the keyword \"staff\" is an order to Open311 clients; use another word"
        ),
        Spoiled(
            file,
            "asked_if: { question: SIGN, is: other }",
            "asked_if: { question: SIGNS, is: other }",
            "templates/tiny.yml:26:31: \"SIGNS\" is no earlier question; did you mean SIGN?"
        ),
        Spoiled(
            file,
            "asked_if: { question: SIGN, is: other }",
            "asked_if: { question: SIGN, is: [othr] }",
            "templates/tiny.yml:26:42: \"othr\" is no answer to SIGN; did you mean other?"
        ),
        Spoiled(
            file,
            "kind: singlevaluelist",
            "kind: singlevaluelist\n        staff_only: true",
            "templates/tiny.yml:27:19: SIGN is for staff only, and who sees this answer knows that one; add staff_only: true"
        ),
        Spoiled(
            file,
            "when: { question: SIGN, is: [stop] }",
            "when: { question: HEIGHT, is: [stop] }",
            "templates/tiny.yml:29:27: HEIGHT is a question of kind number; a condition needs one with values"
        ),
        Spoiled(
            file,
            "- { key: other, name: { en: Other, fr: Autre } }",
            "- { key: stop, name: { en: Other, fr: Autre } }",
            "templates/tiny.yml:20:11: a singlevaluelist needs two values or more",
            "templates/tiny.yml:21:20: the key \"stop\" is listed twice",
            "templates/tiny.yml:26:41: \"other\" is no answer to SIGN; known are stop"
        ),
        Spoiled(
            file,
            "- code: HEIGHT",
            "- code: SIGN",
            "templates/tiny.yml:22:15: the question SIGN is asked twice"
        ),
        Spoiled(
            file,
            "sla: { review_within_business_days: 1,",
            "sla: { review_within_buisness_days: 1,",
            "templates/tiny.yml:27:12: unknown key \"review_within_buisness_days\"; did you mean review_within_business_days?"
        ),
        Spoiled(
            file,
            "review_within_hours: 1,",
            "review_within_hours: 1, review_within_minutes: 5,",
            "templates/tiny.yml:31:37: \"review_within_hours\" and \"review_within_minutes\" exclude each other; keep one"
        ),
        Spoiled(
            file,
            "complete_within_business_days: 10",
            "complete_within_business_days: 1.5",
            "templates/tiny.yml:27:75: \"complete_within_business_days\": 1.5 business_days is no target; from above 0 to "
                + "3650, whole numbers only"
        ),
        Spoiled(
            file,
            "complete_within_business_days: 10",
            "complete_within_business_days: ten",
            "templates/tiny.yml:27:75: \"complete_within_business_days\" is \"ten\"; must be a plain number such as 4 or 0.5"
        ),
        Spoiled(
            file,
            "contact: anonymous\n    valid_from: 2026-01-01\n  - service_code: CS",
            "contact: anonymous\n    valid_from: 2026-02-30\n  - service_code: CS",
            "templates/tiny.yml:35:17: \"valid_from\": there is no day 30 in month 2 of year 2026"
        ),
        Spoiled(
            file,
            "contact: anonymous\n    valid_from: 2026-01-01\n  - service_code: CS",
            "contact: anonymous\n    valid_from: 2026-01-01\n    valid_until: 2025-12-31\n  - service_code: CS",
            "templates/tiny.yml:36:18: valid_until 2025-12-31 lies before valid_from 2026-01-01"
        ),
        Spoiled(
            file,
            "location: none",
            "location: none\n    location_required: true",
            "templates/tiny.yml:43:24: a service without location cannot require one"
        ),
        Spoiled(
            file,
            "location: point",
            "location: point\n    live_transfer: true",
            "templates/tiny.yml:28:10: a live transfer has no completion clock; leave complete_within out"
        ),
        Spoiled(
            file,
            "required: true",
            "required: \"yes\"",
            "templates/tiny.yml:17:19: \"required\" is \"yes\"; must be true or false"
        ),
        Spoiled(
            file,
            "catch_all: true",
            "season: { from: \"13-01\", to: \"04-31\" }\n    catch_all: true",
            "templates/tiny.yml:48:21: \"13-01\" is no day of a year; write it as \"11-01\"",
            "templates/tiny.yml:48:34: \"04-31\" is no day of a year; write it as \"11-01\""
        ),
        Spoiled(
            file,
            "template: tiny",
            "template: small",
            "templates/tiny.yml:1:11: the template calls itself \"small\" but its file is tiny.yml"
        ),
        Spoiled(
            file,
            "visibility: public",
            "visibility:",
            "templates/tiny.yml:33:5: \"visibility\" has no value; give one or leave the key out"
        ),
    ]
}
