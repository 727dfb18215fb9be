/// Text of the server's `postgresql.conf`, written at each start.
enum ServerConfiguration {
    static func text(_ settings: ServerSettings, socketDirectory: String) -> String {
        let durable = settings.isDurable ? "on" : "off"
        let lines: [(String, String)] = [
            ("listen_addresses", ""),
            ("port", "\(settings.port)"),
            ("unix_socket_directories", socketDirectory),
            ("unix_socket_permissions", "0700"),
            ("max_connections", "\(settings.maximumConnections)"),
            ("password_encryption", "scram-sha-256"),
            ("shared_buffers", "\(settings.sharedBuffers)MB"),
            ("maintenance_work_mem", "128MB"),
            ("effective_cache_size", "\(settings.sharedBuffers * 4)MB"),
            ("random_page_cost", "1.1"),
            ("jit", "off"),
            // One lock per table of a schema that is dumped, copied or removed as a whole.
            ("max_locks_per_transaction", "256"),
            ("fsync", durable),
            // After a crash one call brings the disk in order, instead of opening each of thousands of files.
            ("recovery_init_sync_method", "syncfs"),
            ("full_page_writes", durable),
            ("synchronous_commit", durable),
            ("max_wal_size", "1GB"),
            ("idle_in_transaction_session_timeout", "60s"),
            ("timezone", "UTC"),
            ("log_timezone", "UTC"),
            ("logging_collector", "on"),
            ("log_directory", "log"),
            // One file a day of the week, overwritten a week later.
            ("log_filename", "postgresql-%a.log"),
            ("log_truncate_on_rotation", "on"),
            ("log_rotation_age", "1d"),
            ("log_rotation_size", "0"),
            ("log_line_prefix", "%m [%p] %q%u@%d "),
            // Values bound to statements may be personal data.
            ("log_parameter_max_length_on_error", "0"),
            ("log_error_verbosity", "terse"),
            ("log_min_error_statement", "panic"),
        ]
        let head = """
            # Written by hub311 at each start; changes here are lost.
            # Settings of the deployment go into postgresql.local.conf beside this file.

            """
        let body = lines.map { name, value in
            "\(name) = '\(value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'\n"
        }
        return head + body.joined() + "include_if_exists = 'postgresql.local.conf'\n"
    }

    /// Every way in asks for a password, and there is no way in but the socket.
    static let clientAuthentication = """
        # Written by hub311 at each start.
        local all all scram-sha-256
        local replication all scram-sha-256

        """
}
