package bolt

// Unsynced makes a fresh store fast and forgetful, for tests that write a lot
// and ask nothing of the disk.
func (s *Store) Unsynced() { s.db.NoSync = true }
