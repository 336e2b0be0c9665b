package flows

// The codes of a [Refusal].
const (
	Overtaken = "overtaken"  // the answer is for a question that is no longer open
	Invalid   = "invalid"    // the open question cannot take this answer
	NotAsking = "not_asking" // no question is open, or no hand-over stands
)

// Refusal is the error for an answer that was understood and not taken. The
// memory stays as it is, and the open question stays open.
type Refusal struct {
	Code    string // Overtaken, Invalid or NotAsking
	Message string // plain words for the patient, in the memory's language
}

// Error implements error. The message holds no answer of the patient.
func (r *Refusal) Error() string { return "flows: refused: " + r.Code + ": " + r.Message }
