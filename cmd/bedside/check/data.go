package check

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// dataChecks are the checks of the folder in which everything is kept.
func dataChecks() []Check {
	return []Check{{
		ID: "data", Needs: []string{"configuration"}, Within: 5 * time.Second, Every: often,
		Title: Words{"en": "Data folder", "ru": "Папка данных"},
		Means: "The folder of `data` has room (more than `limits.free_disk`, below which no conversation is begun), its key is readable by Bedside alone, and the journal in it lives here: a copy that nobody has adopted leaves TrueConf alone.",
		Outcomes: []Outcome{
			{Code: "ok", Verdict: OK, Says: Words{"en": "{data}, {free} free", "ru": "{data}, свободно {free}"}},
			{Code: "new", Verdict: OK, Says: Words{"en": "{data} is made at the first start", "ru": "{data} появится при первом запуске"}},
			{
				Code: "full", Verdict: Failed,
				Says: Words{"en": "only {free} are free on the disk of {data}: no conversation is begun", "ru": "на диске {data} свободно лишь {free}: новые разговоры не начинаются"},
				Cure: Words{"en": "Make room on the disk, or lower limits.free_disk.", "ru": "Освободите место на диске или уменьшите limits.free_disk."},
			},
			{
				Code: "key_open", Verdict: Failed,
				Says: Words{"en": "others can read the server key {data}/key", "ru": "ключ сервера {data}/key доступен посторонним"},
				Cure: Words{"en": "Run chmod 600 {data}/key: whoever has the key can open every join link.", "ru": "Выполните chmod 600 {data}/key: с ключом можно открыть любую ссылку на звонок."},
			},
			{
				Code: "copied", Verdict: Failed,
				Says: Words{"en": "the journal is a copy from another machine or folder, so TrueConf is left alone", "ru": "журнал — копия с другой машины или из другой папки, поэтому TrueConf не используется"},
				Cure: Words{"en": "Run bedside adopt -c {file} when the original is gone for good, or bedside adopt --new -c {file} for a copy that is for tests; then start Bedside again.", "ru": "Если оригинала больше нет, выполните bedside adopt -c {file}; для пробной копии — bedside adopt --new -c {file}; затем перезапустите Bedside."},
			},
		},
		find: findData,
	}}
}

func findData(_ context.Context, r *Run) Found {
	folder := r.Config.Data
	with := Values{"data": folder, "file": r.File}
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return Found{Code: "new", With: with}
	}
	if r.Copied {
		return Found{Code: "copied", With: with}
	}
	if key, err := os.Stat(filepath.Join(folder, "key")); err == nil && runtime.GOOS != "windows" && key.Mode().Perm()&0o077 != 0 {
		return Found{Code: "key_open", With: with}
	}
	free, err := r.Free(folder)
	with["free"] = "?"
	if err == nil {
		with["free"] = fmt.Sprintf("%.1f GiB", float64(free)/(1<<30))
	}
	if err == nil && free < int64(r.Config.Limits.FreeDisk)<<20 {
		return Found{Code: "full", With: with}
	}
	return Found{Code: "ok", With: with}
}
