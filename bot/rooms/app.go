package rooms

import (
	"context"

	"bedside/trueconf"
)

// AppState is whether a doctor's own TrueConf app can be rung.
type AppState string

// The states of an app. AppUnknown is also what a server tells that gives no
// presence.
const (
	AppUnknown AppState = "unknown"
	AppOnline  AppState = "online"
	AppBusy    AppState = "busy" // in a conference, or a call of its own
	AppOffline AppState = "offline"
	AppNobody  AppState = "nobody" // the server has no such user, or not an active one
)

// App reads whether the user's app is there. It takes one question; who asks
// often keeps the answer for a while.
func (r *Rooms) App(ctx context.Context, user string) (AppState, error) {
	u, err := r.tc.User(ctx, user)
	if trueconf.KindOf(err) == trueconf.NotFound {
		return AppNobody, nil
	}
	if err != nil {
		return AppUnknown, wrap("look for the doctor's app", err)
	}
	switch u.Presence {
	case trueconf.Online:
		return AppOnline, nil
	case trueconf.Busy, trueconf.Hosting:
		return AppBusy, nil
	case trueconf.Offline:
		return AppOffline, nil
	case trueconf.InvalidUser, trueconf.NotActive:
		return AppNobody, nil
	}
	return AppUnknown, nil
}
