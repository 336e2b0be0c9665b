// Package calendar writes a visit into calendars: a file for any of them (RFC
// 5545, RFC 5546), and links that open an entry in Google Calendar and Outlook.
//
// Contract:
//   - It is pure: the moment of writing is the event's Stamp, every address is given.
//   - Times are written in UTC, so no rule of any zone is carried along and a
//     change of the clocks between today and the visit moves nothing.
//   - An event is known by its UID alone: written again with a higher Sequence it
//     replaces itself, with Cancelled it is taken out.
//   - Nothing medical is in a title: the kind of event and the clinic's name.
package calendar
