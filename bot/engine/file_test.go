package engine_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"bedside/bot"
	"bedside/bot/engine"
	"bedside/store"
	"bedside/store/storetest"
)

func (h *house) file(a bot.Actor, id, key string) (engine.Result, error) {
	return h.e.SendFile(h.t.Context(), engine.FileRequest{
		Conversation: id, Key: key, Actor: a, Data: []byte("bytes of " + key), Small: []byte("small"),
		File: bot.FileSent{Name: "a.jpg", Type: "image/jpeg", Size: 10},
	})
}

// A process that dies in any write of a file, before or behind the bytes, has lost
// nothing and doubled nothing once the sender has sent again.
func TestAFileSurvivesEveryCrash(t *testing.T) {
	for _, how := range []storetest.How{storetest.LoseCommit, storetest.LoseAnswer} {
		for n := range 3 {
			t.Run(fmt.Sprintf("%s in write %d", how, n+1), func(t *testing.T) {
				h := newHouse(t)
				a := h.consulting("anna", vera)
				before := len(h.kinds(a.Conversation))
				disk := h.store
				h.opts.Store = storetest.Crashing(disk, n, how)
				h.restart()
				_, err := h.file(a, a.Conversation, "photo")
				require.Error(t, err)

				disk.(*storetest.Model).Restart()
				h.opts.Store = disk
				h.restart()
				sent, err := h.file(a, a.Conversation, "photo")
				require.NoError(t, err)
				again, err := h.file(a, a.Conversation, "photo")
				require.NoError(t, err)
				require.Equal(t, sent.Seq, again.Seq)
				kinds := h.kinds(a.Conversation)
				require.Equal(t, before+1, len(kinds))
				require.Equal(t, bot.FileWasSent, kinds[before])
				id := h.state(a).Files[0].File
				for small, want := range map[bool]string{false: "bytes of photo", true: "small"} {
					_, data, err := h.e.File(t.Context(), vera, a.Conversation, id, small)
					require.NoError(t, err)
					require.Equal(t, want, string(data))
				}
			})
		}
	}
}

// What is refused never reaches the disk.
func TestARefusedFileFillsNoDisk(t *testing.T) {
	var counting *storetest.Crashed
	h := newHouse(t, func(o *engine.Options) {
		counting = storetest.Crashing(o.Store, -1, storetest.LoseCommit)
		o.Store = counting
	})
	a := h.waiting("anna")
	before := counting.Commits()
	_, err := h.file(a, a.Conversation, "photo")
	require.ErrorIs(t, err, &bot.Refusal{Code: bot.NotNow})
	_, err = h.file(mona, a.Conversation, "photo")
	require.ErrorIs(t, err, &bot.Refusal{Code: bot.Unknown})
	require.Equal(t, before, counting.Commits())
}

func TestFilesAreErasedWithTheirConversation(t *testing.T) {
	h := newHouse(t)
	a := h.consulting("anna", vera)
	_, err := h.file(a, a.Conversation, "photo")
	require.NoError(t, err)
	id := h.state(a).Files[0].File
	require.NoError(t, h.store.Erase(t.Context(), a.Conversation))
	_, _, err = h.e.File(t.Context(), vera, a.Conversation, id, false)
	require.ErrorIs(t, err, &bot.Refusal{Code: bot.Unknown})
	_, err = h.store.Blob(t.Context(), a.Conversation, id)
	require.True(t, errors.Is(err, store.ErrErased), "%v", err)
}
