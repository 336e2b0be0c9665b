package web_test

import (
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
)

// send gives the status of an answer.
func send(t testing.TB, r *http.Request) int {
	t.Helper()
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer res.Body.Close()
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode
}
