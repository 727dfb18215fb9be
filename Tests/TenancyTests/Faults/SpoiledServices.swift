@testable import Tenancy

/// Ways to spoil `oakton/services.yml`, and what must be said about each.
enum SpoiledServices {
    private static let file = "oakton/services.yml"
    private static let adopt = "adopt: { template: tiny }\n"

    static let rows: [Spoiled] = [
        Spoiled(
            file,
            adopt,
            "adopt: { template: tinny }\n",
            "oakton/services.yml:1:20: \"tinny\" is no template; did you mean tiny?"
        ),
        Spoiled(
            file,
            adopt,
            "adopt: { template: tiny, except: [RD-SING] }\n",
            "oakton/services.yml:1:35: \"RD-SING\" is no service of tiny; did you mean RD-SIGN?"
        ),
        Spoiled(
            file,
            adopt,
            "adopt: { template: tiny, departments: { works: roads } }\n",
            "oakton/services.yml:1:20: tiny gives RD-SIGN to the department \"roads\", which oakton does not have; add it "
                + "to tenant.yml, or name another with departments: { roads: … }"
        ),
        Spoiled(
            file,
            adopt,
            adopt + "overrides:\n  - { service_code: RD-SIGM, priority: P2 }\n",
            "oakton/services.yml:3:21: \"RD-SIGM\" is no adopted service; did you mean RD-SIGN?"
        ),
        Spoiled(
            file,
            adopt,
            adopt + "overrides:\n  - { service_code: RD-SIGN, priorty: P2 }\n",
            "oakton/services.yml:3:30: unknown key \"priorty\"; did you mean priority?"
        ),
        Spoiled(
            file,
            adopt,
            adopt + "overrides:\n  - { service_code: RD-SIGN, department: clark }\n",
            "oakton/services.yml:3:42: \"clark\" is no department of oakton; did you mean clerk?"
        ),
        Spoiled(
            file,
            adopt,
            adopt + "overrides:\n  - { service_code: RD-SIGN, public_type: RD-SIGNS }\n",
            "oakton/services.yml:3:43: the public type RD-SIGNS of RD-SIGN (oakton) is not in the catalogue of hub-311; did "
                + "you mean RD-SIGN?"
        ),
        Spoiled(
            file,
            adopt,
            adopt + "overrides:\n  - { service_code: RD-SIGN, valid_until: 2026-12-31 }\n"
                + "  - { service_code: RD-SIGN, valid_from: 2026-06-01, priority: P2 }\n",
            "oakton/services.yml:3:43: this entry of RD-SIGN is valid until 2026-12-31, the next one from 2026-06-01 "
                + "(oakton/services.yml:4)"
        ),
        Spoiled(
            file,
            adopt,
            adopt + "overrides:\n  - { service_code: CS-OTHER, emergency: { en: \".\", fr: \".\" } }\n",
            "oakton/services.yml:3:42: CS-OTHER has its 911 advice from tiny; a tenant can neither change nor shorten it"
        ),
        Spoiled(
            file,
            adopt,
            "adopt: { template: tiny, except: [CS-OTHER] }\n",
            "oakton/services.yml: no service has catch_all: true, so a matter that fits nowhere would be lost"
        ),
        Spoiled(
            file,
            adopt,
            adopt + "overrides:\n  - { service_code: RD-SIGN, catch_all: true }\n",
            "templates/tiny.yml:36:19: CS-OTHER and RD-SIGN are both catch_all at one time (oakton/services.yml); a tenant has one"
        ),
        Spoiled(
            file,
            adopt,
            adopt + SmallRegion.own("HB:XX-DOCK"),
            "oakton/services.yml:3:19: HB:XX-DOCK carries the code of another tenant; this one is OK"
        ),
        Spoiled(
            file,
            adopt,
            "adopt: { template: tiny, except: [RD-SIGN] }\ngroups: []\n" + SmallRegion.own("RD-SIGN"),
            "oakton/services.yml:4:19: RD-SIGN means a type of the template tiny in every tenant; adopt and override it, or "
                + "use OK:… for another matter"
        ),
        Spoiled(
            file,
            adopt,
            adopt + SmallRegion.own("OK:XX-DOCK") + SmallRegion.own("OK:XX-DOCK").replacing("services:\n", with: ""),
            "oakton/services.yml:26:17: two entries of OK:XX-DOCK begin on 2026-01-01; the other is oakton/services.yml:14"
        ),
    ]
}
