/// Messages of LoST (RFC 5222), read and written; no HTTP.
enum Scaffold {}
