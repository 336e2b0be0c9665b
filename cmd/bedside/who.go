package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

// sayWho tells another process of the same user who works on the data folder.
func sayWho(w http.ResponseWriter, _ *http.Request) {
	_, _ = fmt.Fprintf(w, "process %d", os.Getpid())
}

// holder names the process that works on a data folder, in brackets; "" where it
// does not say.
func holder(folder string) string {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	body, err := askRunning(ctx, folder, "GET", controlWho, nil)
	if err != nil {
		return ""
	}
	defer body.Close()
	text, err := io.ReadAll(io.LimitReader(body, 64))
	if err != nil {
		return ""
	}
	return " (" + string(text) + ")"
}
