// Package health keeps an eye on a running installation: a light pulse of
// TrueConf, so that everybody knows before the next click that there is no video,
// and a board of the checks of package check, repeated in the background.
//
// Contract:
//
//   - Video is down only after two failures in a row, and up again with the first
//     success; a real request that failed is looked into at once.
//   - The board never makes a room while a call is open, rings nobody, and asks
//     each check no more often than the check says.
//   - Both end with their context, and take the clock and what they ask as values.
package health
