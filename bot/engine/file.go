package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"

	"bedside/bot"
	"bedside/store"
)

// FileRequest sends a file. What it is was found out from its content, and what a
// picture says of its place is out of it, before it comes here.
type FileRequest struct {
	Conversation string
	Key          string // the client's own id of the command, as in bot.Command
	Actor        bot.Actor
	File         bot.FileSent // without its id
	Data         []byte
	Small        []byte // a small picture of it; nil: there is none
}

// FileLimit is how large a file the actor may send now, for the question that step
// names or for none. Ask before its bytes are read: strangers send none.
func (e *Engine) FileLimit(ctx context.Context, a bot.Actor, id, step string) (int64, error) {
	f, err := e.readable(ctx, a, id)
	if err != nil {
		return 0, err
	}
	return bot.FileLimit(a, f.state, e.o.Limits(), step)
}

// FileKnown answers a file that has been sent with this key already, so that its
// bytes need not be read again.
func (e *Engine) FileKnown(ctx context.Context, a bot.Actor, id, key string) (Result, bool, error) {
	f, err := e.readable(ctx, a, id)
	if err != nil {
		return Result{}, false, err
	}
	result, known, err := e.answered(ctx, f, bot.Command{Conversation: id, Key: key, Do: bot.DoAttach, Actor: a})
	if err != nil {
		return Result{}, false, e.unavailable("look for a file", err)
	}
	return result, known, nil
}

// SendFile stores the bytes and then records that they were sent; the entry's
// commit names them, so it never speaks of bytes that are not there. The id comes
// of the command's key: whoever got no answer sends the same file again, and it is
// there once. Errors are those of Do.
func (e *Engine) SendFile(ctx context.Context, r FileRequest) (Result, error) {
	r.File.File = fileID(r)
	r.File.Small = r.Small != nil
	c := bot.Command{
		Conversation: r.Conversation, Key: r.Key, Do: bot.DoAttach, Actor: r.Actor, Args: bot.Args{File: &r.File},
	}
	if err := checkKey(c); err != nil {
		return Result{}, err
	}
	if result, known, err := e.FileKnown(ctx, r.Actor, r.Conversation, r.Key); known || err != nil {
		return result, err
	}
	f, err := e.readable(ctx, r.Actor, r.Conversation)
	if err != nil {
		return Result{}, err
	}
	if _, err := e.decide(ctx, f, c); err != nil { // before the disk is filled
		return Result{}, e.unavailable("send a file", err)
	}
	blobs := []string{r.File.File}
	err = e.store.PutBlob(ctx, r.Conversation, r.File.File, r.Data)
	if err == nil && r.Small != nil {
		blobs = append(blobs, smallOf(r.File.File))
		err = e.store.PutBlob(ctx, r.Conversation, smallOf(r.File.File), r.Small)
	}
	if err != nil {
		return Result{}, e.unavailable("store a file", err)
	}
	return e.do(ctx, job{command: c, blobs: blobs})
}

// File is a file of the conversation with its bytes; small is the small picture of
// it. Strangers are told that there is none.
func (e *Engine) File(ctx context.Context, a bot.Actor, id, file string, small bool) (bot.FileSent, []byte, error) {
	f, err := e.readable(ctx, a, id)
	if err != nil {
		return bot.FileSent{}, nil, err
	}
	held, there := f.state.File(file)
	if !there || small && !held.Small {
		return bot.FileSent{}, nil, noSuchFile()
	}
	name := file
	if small {
		name = smallOf(file)
	}
	data, err := e.store.Blob(ctx, id, name)
	if errors.Is(err, store.ErrNotFound) {
		e.log.Error("engine: a file that an entry speaks of is not in the store", "conversation", id, "error", err)
		return bot.FileSent{}, nil, noSuchFile()
	}
	if err != nil {
		return bot.FileSent{}, nil, e.unavailable("read a file", err)
	}
	return held.FileSent, data, nil
}

func noSuchFile() error { return &bot.Refusal{Code: bot.Unknown, Message: "there is no such file"} }

// fileID is the file's id: the same for the same command, and nothing that can be
// guessed without its conversation.
func fileID(r FileRequest) string {
	h := sha256.New()
	for _, part := range []string{"bedside file", r.Conversation, r.Actor.Key(), r.Key} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// smallOf is the id of a file's small picture.
func smallOf(file string) string { return file + ".small" }
