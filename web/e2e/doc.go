// Package e2e proves whole visits in real Chromiums with fake cameras: patient
// in the widget on the clinic's site, doctor in the console, the call in a frame
// of a third site. Each person has a browser of their own.
//
// The sites are www.clinic.localhost, bedside.localhost and trueconf.localhost,
// which browsers hold for foreign to each other, so that frames, storage and
// permissions are those of a real clinic. Only the browsers resolve the names:
// all servers listen on 127.0.0.1.
//
// Run with
//
//	go test -tags browser ./web/e2e
//
// A machine without chromium skips the tests, unless CI=true says that it must
// have one; likewise the test of accessibility without axe-core, which
// `make types` installs. With BEDSIDE_PICTURES=DIR screenshots of every face are written there.
package e2e
