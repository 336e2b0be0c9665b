// Package service has Bedside run by the system: from the start of the machine,
// as a user of its own, started again when it falls.
//
// An installation is a [Plan] of steps. Each step says what it does before it
// does it, so a dry run prints the very list that would be worked off. Steps may
// be done again: installing a second time is how a new version takes the place of
// the old one. Nothing of a clinic's (configuration, secrets, data) is ever
// removed, and a unit that Bedside has not written is not touched.
//
// The unit for systemd is read and judged by systemd-analyze in a test. The Windows
// service is built and vetted, and was never run on a Windows machine.
package service
