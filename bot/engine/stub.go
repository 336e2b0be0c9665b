package engine

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"bedside/bot"
)

var errUnbuilt = &bot.Refusal{Code: bot.Unavailable, Message: "the engine comes with the next commit"}

// Engine drives conversations.
type Engine struct{ o Options }

// New makes an engine.
func New(o Options) (*Engine, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	return &Engine{o: o.withDefaults()}, nil
}

// Run drives deadlines, effects and watches until ctx ends and all is quiet.
func (e *Engine) Run(ctx context.Context) error { return errUnbuilt }

// Start begins a conversation.
func (e *Engine) Start(ctx context.Context, r StartRequest) (StartResult, error) {
	return StartResult{}, errUnbuilt
}

// Do gives a command.
func (e *Engine) Do(ctx context.Context, c bot.Command) (Result, error) { return Result{}, errUnbuilt }

// ByTicket is the patient whose ticket it is.
func (e *Engine) ByTicket(ctx context.Context, ticket string) (bot.Actor, error) {
	return bot.Actor{}, errUnbuilt
}

// ByVisitKey is the patient of one open call.
func (e *Engine) ByVisitKey(ctx context.Context, call, key string) (bot.Actor, error) {
	return bot.Actor{}, errUnbuilt
}

// VisitKey is the key of a call's join link.
func (e *Engine) VisitKey(call string) string { return "" }

// Entries reads a page.
func (e *Engine) Entries(ctx context.Context, a bot.Actor, id string, p PageRequest) (Page, error) {
	return Page{}, errUnbuilt
}

// State is the conversation as it stands.
func (e *Engine) State(ctx context.Context, a bot.Actor, id string) (bot.State, error) {
	return bot.State{}, errUnbuilt
}

// Heads reads a page of a list.
func (e *Engine) Heads(ctx context.Context, a bot.Actor, list, cursor string, limit int) ([]HeadRow, string, error) {
	return nil, "", errUnbuilt
}

// Join is a press of Join.
func (e *Engine) Join(ctx context.Context, a bot.Actor, r JoinRequest) (JoinAnswer, error) {
	return JoinAnswer{}, errUnbuilt
}

// Ready says whether the engine can serve.
func (e *Engine) Ready(ctx context.Context) error { return errUnbuilt }

// Close ends all subscriptions.
func (e *Engine) Close() {}

// Collectors are the engine's metrics, to be registered once.
func (e *Engine) Collectors() []prometheus.Collector { return nil }

// Subscription wakes whoever follows one conversation.
type Subscription struct{ C <-chan struct{} }

// Close ends it.
func (s *Subscription) Close() {}

// Subscribe follows a conversation. Subscribe first, read then.
func (e *Engine) Subscribe(id string) *Subscription { return &Subscription{} }

// HeadSubscription wakes whoever shows lists.
type HeadSubscription struct{ C <-chan struct{} }

// Changed are the conversations whose heads changed since the last call.
func (s *HeadSubscription) Changed() []string { return nil }

// Close ends it.
func (s *HeadSubscription) Close() {}

// SubscribeHeads follows all heads.
func (e *Engine) SubscribeHeads() *HeadSubscription { return &HeadSubscription{} }
