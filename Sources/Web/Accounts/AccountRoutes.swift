import Domain
import Hub
import Hummingbird

/// The routes of the staff door and of a person's own account.
struct AccountRoutes: Sendable {
    let routes: StaffRoutes

    func add() {
        let signIn = SignInPages(door: routes.door)
        let enrol = EnrolPages(signIn: signIn)
        let account = AccountPages(signIn: signIn)
        let people = PeoplePages(parts: routes.door.parts)

        routes.open(.get, "sign-in", signIn.ask)
        routes.open(.post, "sign-in", signIn.answer)
        routes.open(.get, "sign-in/code", signIn.askCode)
        routes.open(.post, "sign-in/code", signIn.answerCode)
        routes.open(.get, "sign-in/enrol", enrol.askEnrolment)
        routes.open(.post, "sign-in/enrol", enrol.confirmEnrolment)
        let services = ServiceSignInPages(signIn: signIn)
        routes.open(.get, "sign-in/with/:service", services.depart)
        routes.open(.get, "sign-in/return", services.arrive)
        routes.open(.get, "invitation/:token", enrol.invitation)
        routes.open(.post, "invitation", enrol.choosePassword)

        routes.get("", needs: .ownAccount, account.home)
        routes.get("account", needs: .ownAccount, account.account)
        routes.post("account/session", needs: .ownAccount, account.endSession)
        routes.post("account/sign-out-everywhere", needs: .ownAccount, account.endAll)
        routes.post("account/password", needs: .ownAccount, account.changePassword)
        routes.post("account/recovery-codes", needs: .ownAccount, proof: true, account.newCodes)
        routes.get("confirm", needs: .ownAccount, account.askProof)
        routes.post("confirm", needs: .ownAccount, account.prove)
        routes.post("acting", needs: .ownAccount, account.act)
        routes.post("sign-out", needs: .ownAccount, account.signOut)

        routes.get("people", needs: .managePeople, people.list)
        routes.post("people/invite", needs: .managePeople, proof: true, people.invite)
        routes.post("people/roles", needs: .managePeople, proof: true, people.setRoles)
        routes.post("people/reset", needs: .managePeople, proof: true, people.reset)
        routes.post("people/disable", needs: .managePeople, proof: true, people.disable)
    }
}
