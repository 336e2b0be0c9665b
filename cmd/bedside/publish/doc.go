// Package publish keeps the versions of what the bot asks: which one is served,
// since when and by whom, which ones were, and what stands in the files beside them.
//
// A version is all flows of a configuration at once, with their documents and their
// tests, numbered from 1. It is kept whole in the store, so that it is served again
// after a restart whatever has become of the files. Nothing is served that has an
// error or whose tests fail.
//
// A [Desk] is worked at by one caller at a time, whoever holds the lock of what is
// served; [Desk.Last] and what else looks like a reading may be asked at any time.
package publish
