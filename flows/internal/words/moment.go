package words

import "time"

// Moment writes a day and an hour: 16.02.2027 11:00, or with the month in
// letters where figures alone could be taken for it, 16 Feb 2027 11:00.
func (w *Words) Moment(t time.Time) string { return t.Format(w.moment) }
