import Domain
import HTTPTypes

/// The staff routes of departments and crews; each names what it needs.
struct WorkRoutes {
    let routes: StaffRoutes

    func add() {
        let parts = routes.door.parts
        let queue = QueuePages(parts: parts)
        let requests = StaffRequestPages(parts: parts)
        let work = WorkPages(parts: parts)
        let crews = CrewPages(parts: parts)
        let field = FieldPages(parts: parts)

        routes.get("queue", needs: .readRequests, queue.show)
        routes.post("queue", needs: .changeRequests, queue.bulk)
        routes.post("queue/views", needs: .readRequests, queue.save)
        routes.post("queue/views/forget", needs: .readRequests, queue.forget)
        routes.get("requests/:reference", needs: .readRequests, requests.show)
        routes.post("requests/:reference", needs: .readRequests, requests.answer)

        routes.get("work", needs: .planWork, work.plan)
        routes.get("work/:id", needs: .readRequests, work.show)
        routes.post("work/:id", needs: .planWork, work.answer)
        routes.get("work/:id/photos/:photo", needs: .ownAccount, work.photo)
        routes.get("crews", needs: .planWork, crews.list)
        routes.post("crews", needs: .planWork, crews.save)

        routes.get("field", needs: .doWork, field.show)
        routes.post("field", needs: .doWork, field.act)
        routes.send("field/actions", needs: .doWork, field.send)
        routes.open(.get, "worker.js", field.worker)
    }
}
