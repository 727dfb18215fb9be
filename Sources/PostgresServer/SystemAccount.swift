import Foundation
import Glibc
import Subprocess
import SystemPackage

/// The user the server runs as.
struct SystemAccount: Sendable, Hashable {
    let name: String
    let user: uid_t
    let group: gid_t

    /// True when this program is root and the server has to become somebody else.
    let isOther: Bool

    /// - Parameter wanted: the user to become when this program is root.
    static func forServer(_ wanted: String) throws(ServerFault) -> SystemAccount {
        guard geteuid() == 0 else {
            return SystemAccount(name: NSUserName(), user: geteuid(), group: getegid(), isOther: false)
        }
        // NULL when there is no such user
        guard let entry = getpwnam(wanted), entry.pointee.pw_uid != 0 else { throw .userMissing(wanted) }
        guard access(changer, X_OK) == 0 else { throw .changerMissing(changer) }
        return SystemAccount(
            name: wanted,
            user: entry.pointee.pw_uid,
            group: entry.pointee.pw_gid,
            isOther: true
        )
    }

    /// Program that becomes another user and then the program wanted (util-linux, on every Debian).
    static let changer = "/usr/bin/setpriv"

    /// The command line that runs a program as this account, as root without root's groups and privileges.
    ///
    /// Not through the user and group of swift-subprocess: between fork and exec it calls `setgroups`, which in a copy
    /// of a program with threads waits for ever for a thread that was just being made (seen with glibc 2.36).
    func command(_ program: String, _ arguments: [String]) -> (program: String, arguments: [String]) {
        guard isOther else { return (program, arguments) }
        let change = [
            "--reuid=\(user)", "--regid=\(group)", "--clear-groups", "--inh-caps=-all", "--no-new-privs", "--",
        ]
        return (Self.changer, change + [program] + arguments)
    }

    /// A process of its own session, ended as a whole when the task is cancelled.
    var platformOptions: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .interrupt, toProcessGroup: true, allowedDurationToNextStep: .seconds(5)),
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1)),
        ]
        return options
    }

    /// Makes the account the owner of a file or directory.
    func own(_ path: String) throws(ServerFault) {
        guard isOther else { return }
        // 0 done, -1 failed
        guard chown(path, user, group) == 0 else { throw .lastError(path) }
    }

    /// Makes sure the account may pass through every directory on the way down to `path`.
    func checkReach(_ path: String) throws(ServerFault) {
        var directory = FilePath(path)
        var ancestors: [String] = []
        while !directory.components.isEmpty {
            ancestors.append(directory.string)
            directory.removeLastComponent()
        }
        for ancestor in ancestors.reversed() {
            var entry = stat()
            // 0 done, -1 failed
            guard stat(ancestor, &entry) == 0 else { throw .lastError(ancestor) }
            let mayPass =
                entry.st_uid == user
                ? entry.st_mode & S_IXUSR
                : entry.st_gid == group ? entry.st_mode & S_IXGRP : entry.st_mode & S_IXOTH
            guard mayPass != 0 else { throw .unreachable(directory: ancestor, user: name) }
        }
    }
}

extension ServerFault {
    /// The system's last error about a path.
    static func lastError(_ path: String) -> ServerFault {
        .fileFailed(path: path, reason: String(cString: strerror(errno)))
    }
}
