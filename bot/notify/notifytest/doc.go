// Package notifytest is what stands at the other end of messages in tests: a gateway
// for text messages, a mail server, a push service. All three speak over real
// sockets and keep what they have taken; what a test wants to go wrong is said by
// the test.
package notifytest
