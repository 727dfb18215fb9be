@testable import Tenancy

/// Ways to spoil the key `work` of a type, and what must be said about each.
enum SpoiledWork {
    private static let file = "oakton/services.yml"
    private static let adopt = "adopt: { template: tiny }\n"

    static let rows: [Spoiled] = [
        Spoiled(
            file,
            adopt,
            adopt + "overrides:\n  - { service_code: RD-SIGN, work: { completion: by_persn } }\n",
            "oakton/services.yml:3:50: \"by_persn\" is no rule of completion; did you mean by_person?"
        ),
        Spoiled(
            file,
            adopt,
            adopt + "overrides:\n  - { service_code: RD-SIGN, work: { checklst: [] } }\n",
            "oakton/services.yml:3:38: unknown key \"checklst\"; did you mean checklist?"
        ),
        Spoiled(
            file,
            adopt,
            adopt
                + "overrides:\n  - { service_code: RD-SIGN, work: { checklist: [{ code: a1, text: { en: a, fr: b } }] } }\n",
            "oakton/services.yml:3:58: the code \"a1\" must be 1 to 32 of A-Z, 0-9 and _, a letter first"
        ),
        Spoiled(
            file,
            adopt,
            adopt
                + "overrides:\n  - { service_code: RD-SIGN, work: { checklist: [{ code: A, unit: cm, text: { en: a, fr: b } }] } }\n",
            "oakton/services.yml:3:67: only a number has a unit"
        ),
        Spoiled(
            file,
            adopt,
            adopt
                + "overrides:\n  - { service_code: RD-SIGN, work: { checklist: [{ code: A, kind: numbr, text: { en: a, fr: b } }] } }\n",
            "oakton/services.yml:3:67: \"numbr\" is no kind of point; did you mean number?"
        ),
        Spoiled(
            file,
            adopt,
            adopt
                + "overrides:\n  - { service_code: RD-SIGN, work: { checklist: [{ code: A, text: { en: a, fr: b } }, { code: A, text: { en: a, fr: b } }] } }\n",
            "oakton/services.yml:3:95: the point A is listed twice"
        ),
    ]
}
