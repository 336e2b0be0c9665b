package web

// Limits bound what one address, site, ticket or socket may ask. A zero field
// is its default; the defaults suit a clinic, behind whose one address a whole
// waiting room may sit. An address of IPv6 is a home's /64; the /48 around it,
// which one customer can hold whole, may do four times as much.
type Limits struct {
	RequestsPerSecond float64 // HTTP calls of one address; 20
	RequestBurst      int     // 100
	StartsPerMinute   float64 // conversations begun by one address; 6
	StartBurst        int     // 12
	SiteStartsPerMin  float64 // … on one site, all addresses; 120
	SiteStartBurst    int     // 240
	CommandsPerSecond float64 // commands and joins of one ticket or staff member; 5
	CommandBurst      int     // 30
	TextPerSecond     float64 // bytes that one ticket may write; an address four times as many; 1024
	TextBurst         int     // 65536
	FramesPerSecond   float64 // frames of one socket; 20
	FrameBurst        int     // 100
	SocketsPerAddress int     // open sockets and long polls of one address; 200
	SocketsPerTicket  int     // … of one ticket or session; 12
	OpensPerSocket    int     // conversations that one socket follows; 64
	Sockets           int     // altogether; 50000
	FreeDisk          int64   // bytes free on the data disk, below which none is begun; 256 MiB
}

// DefaultLimits are what stands where nothing is named.
func DefaultLimits() Limits { return Limits{}.withDefaults() }

func (l Limits) withDefaults() Limits {
	number := func(v *float64, d float64) {
		if *v <= 0 {
			*v = d
		}
	}
	count := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	number(&l.RequestsPerSecond, 20)
	count(&l.RequestBurst, 100)
	number(&l.StartsPerMinute, 6)
	count(&l.StartBurst, 12)
	number(&l.SiteStartsPerMin, 120)
	count(&l.SiteStartBurst, 240)
	number(&l.CommandsPerSecond, 5)
	count(&l.CommandBurst, 30)
	number(&l.TextPerSecond, 1<<10)
	count(&l.TextBurst, 64<<10)
	number(&l.FramesPerSecond, 20)
	count(&l.FrameBurst, 100)
	count(&l.SocketsPerAddress, 200)
	count(&l.SocketsPerTicket, 12)
	count(&l.OpensPerSocket, 64)
	count(&l.Sockets, 50000)
	if l.FreeDisk <= 0 {
		l.FreeDisk = 256 << 20
	}
	return l
}
