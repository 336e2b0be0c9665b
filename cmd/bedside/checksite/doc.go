// Package checksite reads a clinic's page as a browser does and says what on it
// would break the widget or the camera, with the lines that mend it.
//
// [Fetch] gets the page within limits of time, size and redirects; [Judge] is pure:
// headers and HTML in, findings out. What a page does by script is not run, so what
// a tag manager adds is not seen, and the findings say so.
//
// Contract:
//
//   - Failed means that a browser of today will not show the widget, or will not give
//     the camera; a test holds these to a real one. Warning is for what may hurt.
//   - The cure of a policy is the whole line to send, made of the page's own.
//   - Bedside alone has to be allowed: the call's frame is inside Bedside's, which
//     names TrueConf itself.
package checksite
