package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"bedside/bot"
)

// Server is Bedside's HTTP side. Make it with New, serve its Handler, and end it
// with Close.
type Server struct {
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
	disk     *disk
	desk     *desk
	pages    *pages
	crew     crew

	strangeProxy sync.Once // it was told in the log

	ctx     context.Context // ends with Close: long polls and sockets go with it
	stop    context.CancelFunc
	running sync.WaitGroup
}

// rates are the server's rate limits by what they count.
type rates struct {
	requests, starts     addressBuckets
	siteStarts, commands *buckets
	writing              writing
}

// New makes a server. It runs two goroutines, which Close ends.
func New(o Options) (*Server, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	l, perMinute := o.Limits, 1.0/60
	s := &Server{
		o: o, log: o.Log, now: o.Now,
		sessions: newSessions(o.Store, o.Staff, strings.HasPrefix(first(o.ConsoleURL, o.PublicURL), "https:")),
		checker:  newChecker(),
		backoff:  newBackoff(o.Now),
		open:     newTally(),
		rooms:    newGatherings(),
		disk:     newDisk(o),
		rates: rates{
			requests:   newAddressBuckets(l.RequestsPerSecond, l.RequestBurst, o.Now),
			starts:     newAddressBuckets(l.StartsPerMinute*perMinute, l.StartBurst, o.Now),
			siteStarts: newBuckets(l.SiteStartsPerMin*perMinute, l.SiteStartBurst, o.Now),
			commands:   newBuckets(l.CommandsPerSecond, l.CommandBurst, o.Now),
			writing:    newWriting(l, o.Now),
		},
	}
	s.pages, s.desk = newPages(o), newDesk(s)
	s.sockets = newSockets(s)
	var err error
	if s.metrics, err = newMetrics(s); err != nil {
		return nil, err
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.spawn("janitor", s.sockets.tend)
	s.spawn("desk", s.desk.run)
	return s, nil
}

// Handler serves Bedside's public address, and the console too unless it has an
// address of its own.
func (s *Server) Handler() http.Handler {
	return s.guard(doors{patients: true, staff: s.o.ConsoleURL == ""})
}

// ConsoleHandler serves the console's own address.
func (s *Server) ConsoleHandler() http.Handler { return s.guard(staff) }

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
	s.sockets.closeAll()
	s.stop()
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
func (s *Server) site(id string) (Site, error) {
	if id == "" {
		return s.o.Sites[0], nil
	}
	for _, site := range s.o.Sites {
		if site.ID == id {
			return site, nil
		}
	}
	return Site{}, refuse(bot.Unknown, "There is no such site.")
}
