package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bedside/bot"
	"bedside/web/ui"
	"bedside/web/wire"
)

// Server is Bedside's HTTP side. Make it with New, serve its Handler, and end it
// with Close.
type Server struct {
	assets http.Handler // what browsers load, compressed once

	o   Options
	log *slog.Logger
	now func() time.Time

	sessions *sessions
	checker  *checker
	backoff  *backoff
	metrics  *metrics
	rates    rates
	open     *tally
	sockets  *sockets
	rooms    *gatherings
	present  *attendance
	duty     *duty
	disk     *disk
	uploads  *uploads
	proofs   *proofs
	video    video
	desk     *desk
	live     atomic.Pointer[live]
	crew     crew

	strangeProxy sync.Once // it was told in the log

	ctx     context.Context // ends with Close: long polls and sockets go with it
	stop    context.CancelFunc
	running sync.WaitGroup
	gate    sync.Mutex // holds closed: nobody enters behind Close, which waits for all who have
	closed  bool
}

// A patient makes a link to another device now and then, and again where it was
// not used in time.
const (
	elsewherePerSecond = 1.0 / 20
	elsewhereBurst     = 10
)

// rates are the server's rate limits by what they count.
type rates struct {
	requests, starts     addressBuckets
	siteStarts, commands *buckets
	elsewhere            *buckets // links to other devices, of one ticket
	writing              writing
}

// New makes a server. It runs a few goroutines, which Close ends.
func New(o Options) (*Server, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	l, perMinute := o.Limits, 1.0/60
	s := &Server{
		o: o, log: o.Log, now: o.Now, assets: ui.Assets(),
		sessions: newSessions(o.Store, strings.HasPrefix(first(o.ConsoleURL, o.PublicURL), "https:")),
		checker:  newChecker(),
		backoff:  newBackoff(o.Now),
		open:     newTally(),
		rooms:    newGatherings(),
		disk:     newDisk(o),
		uploads:  newUploads(o.Now),
		proofs:   newProofs(o.Now),
		rates: rates{
			requests:   newAddressBuckets(l.RequestsPerSecond, l.RequestBurst, o.Now),
			starts:     newAddressBuckets(l.StartsPerMinute*perMinute, l.StartBurst, o.Now),
			siteStarts: newBuckets(l.SiteStartsPerMin*perMinute, l.SiteStartBurst, o.Now),
			commands:   newBuckets(l.CommandsPerSecond, l.CommandBurst, o.Now),
			elsewhere:  newBuckets(elsewherePerSecond, elsewhereBurst, o.Now),
			writing:    newWriting(l, o.Now),
		},
	}
	s.present = newAttendance(o.Now, s.patientChanged)
	s.duty = newDuty(o.Now, func(login string) bool { return o.Engine.Away(s.ctx, login) }, o.Engine.Presence)
	s.live.Store(newLive(o))
	s.desk = newDesk(s)
	s.sockets = newSockets(s)
	s.sessions.staff = func(login string) StaffMember { return s.live.Load().staff[strings.ToLower(login)] }
	s.disk.least = func() int64 { return s.live.Load().Limits.FreeDisk }
	s.video.now.Store(newVideo(wire.Video{Up: true, Since: o.Now()}))
	var err error
	if s.metrics, err = newMetrics(s); err != nil {
		return nil, err
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.spawn("janitor", s.sockets.tend)
	s.spawn("desk", s.desk.run)
	s.spawn("duty", s.tellDuties)
	s.present.afterStart(func() { s.rooms.everyPatient(s) })
	return s, nil
}

// Handler serves Bedside's public address, and the console too unless it has an
// address of its own.
func (s *Server) Handler() http.Handler {
	return s.guard(doors{patients: true, staff: s.o.ConsoleURL == ""})
}

// ConsoleHandler serves the console's own address.
func (s *Server) ConsoleHandler() http.Handler { return s.guard(staff) }

// AdminHandler serves /metrics, /healthz and /readyz alone, for whoever reaches the
// address.
func (s *Server) AdminHandler() http.Handler { return s.guard(watchers) }

// HTTP is the server for a handler, with the times within which a client must
// speak. Answers have none: long polls and sockets set their own.
func (s *Server) HTTP(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
}

// Close tells all sockets to come back, ends long polls, and waits until all is
// quiet or ctx ends. Call it before http.Server.Shutdown, which knows nothing of
// sockets. Closing twice is no error.
func (s *Server) Close(ctx context.Context) error {
	s.present.close()
	s.sockets.closeAll()
	s.stop()
	s.gate.Lock()
	s.closed = true
	s.gate.Unlock()
	quiet := make(chan struct{})
	go func() {
		s.running.Wait()
		s.crew.close()
		close(quiet)
	}()
	select {
	case <-quiet:
		return nil
	case <-ctx.Done():
		return errors.New("web: sockets are still closing")
	}
}

// enter counts a caller for Close until it says running.Done, so that what it spawns
// is waited for too; false: the server is closing.
func (s *Server) enter() bool {
	s.gate.Lock()
	defer s.gate.Unlock()
	if s.closed {
		return false
	}
	s.running.Add(1)
	return true
}

// spawn runs f on its own, counted for Close; a panic in it is logged and ends
// nothing else.
func (s *Server) spawn(what string, f func()) {
	s.running.Add(1)
	go func() {
		defer s.running.Done()
		defer s.recovered(what)
		f()
	}()
}

// handOver is spawn for what is soon done: the crew does it.
func (s *Server) handOver(what string, f func()) {
	s.running.Add(1)
	s.crew.do(func() {
		defer s.running.Done()
		defer s.recovered(what)
		f()
	})
}

func (s *Server) recovered(what string) {
	if p := recover(); p != nil {
		s.metrics.panics.Inc()
		s.log.Error("web: panic", "in", what, "panic", p, "stack", stack())
	}
}

// site finds a site by its id; "" is the first.
func (l *live) site(id string) (Site, error) {
	if id == "" {
		return l.Sites[0], nil
	}
	for _, site := range l.Sites {
		if site.ID == id {
			return site, nil
		}
	}
	return Site{}, refuse(bot.Unknown, "There is no such site.")
}
