package wire

import "reflect"

// Shapes are the structs that are described to the outside, in the order in
// which the generated files list them; what they hold comes with them.
var Shapes = []reflect.Type{
	reflect.TypeFor[Start](), reflect.TypeFor[Started](),
	reflect.TypeFor[Identify](), reflect.TypeFor[Identified](),
	reflect.TypeFor[Head](), reflect.TypeFor[Heads](),
	reflect.TypeFor[Find](), reflect.TypeFor[Found](),
	reflect.TypeFor[Entries](),
	reflect.TypeFor[Command](), reflect.TypeFor[Commanded](),
	reflect.TypeFor[Elsewhere](), reflect.TypeFor[GoOn](), reflect.TypeFor[WentOn](),
	reflect.TypeFor[Join](), reflect.TypeFor[Joined](), reflect.TypeFor[CallNow](), reflect.TypeFor[Checked](), reflect.TypeFor[LateChoice](),
	reflect.TypeFor[SignIn](), reflect.TypeFor[Session](), reflect.TypeFor[DoctorApp](),
	reflect.TypeFor[Health](),
	reflect.TypeFor[Flows](), reflect.TypeFor[PublishFlow](), reflect.TypeFor[RollBackFlow](),
	reflect.TypeFor[Problem](), reflect.TypeFor[Page](),
	reflect.TypeFor[HelloFrame](), reflect.TypeFor[OpenFrame](), reflect.TypeFor[UnopenFrame](),
	reflect.TypeFor[CommandFrame](), reflect.TypeFor[TypingFrame](), reflect.TypeFor[ReadFrame](),
	reflect.TypeFor[BeatFrame](), reflect.TypeFor[WelcomeFrame](), reflect.TypeFor[EntryFrame](),
	reflect.TypeFor[CaughtUpFrame](), reflect.TypeFor[AckFrame](), reflect.TypeFor[RefusedFrame](),
	reflect.TypeFor[GuestLinkFrame](), reflect.TypeFor[HeadsFrame](), reflect.TypeFor[PresenceFrame](),
	reflect.TypeFor[VideoFrame](), reflect.TypeFor[DutyFrame](),
	reflect.TypeFor[Duty](), reflect.TypeFor[SetDuty](), reflect.TypeFor[SignOutRefused](), reflect.TypeFor[Board](),
	reflect.TypeFor[Times](), reflect.TypeFor[Bookings](), reflect.TypeFor[Calendar](), reflect.TypeFor[PushKey](), reflect.TypeFor[StaffPush](),
}

// ClientFrames and ServerFrames are the frames by direction.
var (
	ClientFrames = []string{"HelloFrame", "OpenFrame", "UnopenFrame", "CommandFrame", "TypingFrame", "ReadFrame", "BeatFrame"}
	ServerFrames = []string{"WelcomeFrame", "EntryFrame", "CaughtUpFrame", "AckFrame", "RefusedFrame", "GuestLinkFrame",
		"HeadsFrame", "PresenceFrame", "VideoFrame", "DutyFrame", "TypingFrame", "BeatFrame"}
)
