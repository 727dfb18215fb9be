/// Civic addresses: how people write them, and where they are.
enum Scaffold {}
