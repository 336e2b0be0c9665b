// Package setup writes what a clinic begins with: a configuration, its secrets,
// a first flow and the data folder.
//
// Answers come as text from two sides, flags and prompts, through one table of
// questions, so that both are checked by the same code and refused with the same
// words. [Collect] gives whole [Answers] or [Problems], all of them at once.
// [Write] makes one new folder, whole or not at all, and overwrites nothing: what
// it writes has been read back by the code that Bedside reads it with.
//
// Secrets stand in files of their own, readable by their owner alone; passwords
// are kept as hashes and are in no file.
package setup
