@testable import Tenancy

/// Ways to spoil `oakton/tenant.yml`, and what must be said about each.
enum SpoiledTenants {
    private static let file = "oakton/tenant.yml"

    static let rows: [Spoiled] = [
        Spoiled(
            file,
            "jurisdiction_id: oakton",
            "jurisdiction_id: oaktown",
            "oakton/tenant.yml:1:18: jurisdiction_id is oaktown but the folder is oakton; both must be the same"
        ),
        Spoiled(
            file,
            "code: OK",
            "code: Ok1",
            "oakton/tenant.yml:2:7: \"code\" is \"Ok1\"; must be two to four capital letters A-Z"
        ),
        Spoiled(
            file,
            "code: OK",
            "code: HB",
            "oakton/tenant.yml:2:7: the code HB belongs to hub-311 already; codes are unique for ever"
        ),
        Spoiled(
            file,
            "tier: single",
            "tier: hub",
            "oakton/tenant.yml:3:7: hub-311 is the hub already; a hub has one"
        ),
        Spoiled(
            file,
            "tier: single",
            "tier: singel",
            "oakton/tenant.yml:3:7: \"singel\" is no tier; did you mean single?"
        ),
        Spoiled(
            file,
            "America/Toronto",
            "America/Tornto",
            "oakton/tenant.yml:8:12: \"America/Tornto\" is no time zone of the IANA database; did you mean America/Toronto?"
        ),
        Spoiled(
            file,
            "America/Toronto",
            "EST",
            "oakton/tenant.yml:8:12: \"EST\" is no time zone of the IANA database"
        ),
        Spoiled(
            file,
            "languages: [en, fr]",
            "languages: [en, de]",
            "oakton/tenant.yml:9:17: \"de\" is no language; known are en, fr"
        ),
        Spoiled(
            file,
            "phone: \"+1-705-555-0100\"",
            "phone: 705-555-0100",
            "oakton/tenant.yml:11:10: \"705-555-0100\" is no telephone number; write it as +1-705-555-0123"
        ),
        Spoiled(
            file,
            "phone: \"+1-705-555-0100\"",
            "phone: \"+1-705-155-0100\"",
            "oakton/tenant.yml:11:10: \"+1-705-155-0100\" is no telephone number; write it as +1-705-555-0123"
        ),
        Spoiled(
            file,
            "email: 311@oakton.example",
            "email: 311.oakton.example",
            "oakton/tenant.yml:12:10: \"311.oakton.example\" is no address for mail; write it as 311@example.org"
        ),
        Spoiled(
            file,
            "colour: \"#1f4e79\"",
            "colour: \"1f4e79\"",
            "oakton/tenant.yml:15:18: \"1f4e79\" is no colour; write it as \"#1f4e79\", in quotes"
        ),
        Spoiled(
            file,
            "colour: \"#1f4e79\"",
            "colour: \"#8fc3f0\"",
            "oakton/tenant.yml:15:18: white text on #8fc3f0 has a contrast of 1.8 to 1; it must have 4.5 (WCAG 2.2, 1.4.3)"
        ),
        Spoiled(
            file,
            "- { code: clerk,",
            "- { code: works,",
            "oakton/tenant.yml:18:13: the department works is listed twice"
        ),
        Spoiled(
            file,
            "call_number: \"311\"",
            "call_number: \"311\"\nhosts: [Oakton.example]",
            "oakton/tenant.yml:15:9: \"Oakton.example\" is no host name; write it as 311.example.org, lower case, without port"
        ),
        Spoiled(
            file,
            "call_number: \"311\"",
            "call_number: \"311\"\npolicies: { dispute_window_days: 0 }",
            "oakton/tenant.yml:15:34: \"dispute_window_days\" is 0; must be from 1 to 365"
        ),
        Spoiled(
            file,
            "call_number: \"311\"",
            "call_number: \"311\"\nsucceeds: [oakton]",
            "oakton/tenant.yml:15:12: \"oakton\" is no id of a jurisdiction merged into this one"
        ),
        Spoiled(
            file,
            "call_number: \"311\"",
            "call_number: \"311\"\nsucceeds: [hub-311]",
            "oakton/tenant.yml:15:11: hub-311 still has a folder; remove it when it is merged into another"
        ),
    ]
}
