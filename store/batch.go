package store

import "time"

// Entry is one fact in the journal of a conversation; Data is the caller's.
type Entry struct {
	Seq  uint64 // 1, 2, 3 … within its conversation
	Data []byte
}

// Term places a head in a list, such as "waiting/gp". Ranks sort ascending,
// equal ones by conversation id.
type Term struct {
	List string
	Rank int64
}

// Head is the current row of a conversation: what lists, claims and timers look
// up without reading the journal. A commit replaces it whole.
type Head struct {
	ID  string
	Seq uint64 // last sequence of the journal, 0 while there is none
	Rev uint64 // counts the commits of this head; set by the store

	// Wake is the earliest moment at which the conversation needs attention;
	// zero is never. It comes back in UTC; an engine keeps microseconds at
	// least.
	Wake time.Time

	Lists []Term // at most one per list; comes back in the order given
	Body  []byte
}

// Batch is what one decision writes.
//
// With Entries, they must be After+1, After+2 … and Head.Seq the last of them,
// and the journal must still end at After, else the commit is a conflict over
// "journal"; Head.Rev is not looked at, since whoever decided on the whole
// journal knows the whole head. Without Entries the stored head must still have
// the revision Head.Rev (0: there is none yet), else it is a conflict over
// "head"; Head.Seq must then be the journal's unchanged end and After is not
// looked at. Without a Head (ID "") the batch is its Records alone.
//
// The conditions of all Records hold too, and all Blobs are there, else nothing
// is written; of one that is not the conflict is over "blob" and its id.
type Batch struct {
	Head    Head
	After   uint64
	Entries []Entry
	Records []Put
	Blobs   []string // ids of Head.ID's, put before; from here on they stay until Erase
}

// Hint says that a conversation was at this sequence and revision, or further.
// Both are 0 when it has been erased. It is never the truth: read.
type Hint struct {
	ID       string
	Seq, Rev uint64
}
