package service

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// Name is what the system calls the service, and its user.
const Name = "bedside"

// Options say what is installed.
type Options struct {
	Program string // the running program, which is copied to where services are kept
	Config  string // absolute
	Data    string // absolute
	// Root, where it is set, is before every path that is written, nobody is made
	// and nothing is started: for images, and for tests.
	Root string
	// Ready says whether the started server answers; nil is not asked.
	Ready func(context.Context) error
}

// ErrRights says that only an administrator may do this.
var ErrRights = errors.New("this wants an administrator")

// Step is one thing to do. Says begins with a verb: "write /etc/…".
type Step struct {
	Says string
	Do   func(context.Context) error
}

// Plan is what is done, in order.
type Plan []Step

// Print says what would be done.
func (p Plan) Print(w io.Writer) {
	for _, s := range p {
		fmt.Fprintf(w, "would %s\n", s.Says)
	}
}

// Do works the plan off and ends at the first step that fails.
func (p Plan) Do(ctx context.Context, w io.Writer) error {
	for _, s := range p {
		fmt.Fprintf(w, "%s\n", s.Says)
		if err := s.Do(ctx); err != nil {
			return fmt.Errorf("could not %s: %w", s.Says, err)
		}
	}
	return nil
}

// wait gives the server half a minute to answer.
func (o Options) wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for tick := time.NewTicker(200 * time.Millisecond); ; {
		err := o.Ready(ctx)
		if err == nil {
			tick.Stop()
			return nil
		}
		select {
		case <-ctx.Done():
			tick.Stop()
			return fmt.Errorf("it does not answer (%w); %s", err, whereItSpeaks)
		case <-tick.C:
		}
	}
}
