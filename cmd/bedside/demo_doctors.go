package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bedside/web"
)

// demoDoctor is somebody who can sign in to the demo.
type demoDoctor struct {
	Login, Name, TrueConfID string
	Password, Hash          string
}

// demoDoctors are two, one with and one without an account at TrueConf. Their
// passwords are made up once for a folder and kept there: a demo that is started
// again finds its doctors still signed in.
func demoDoctors(folder string) ([]demoDoctor, error) {
	path := filepath.Join(folder, "doctors.json")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newDoctors(path)
	}
	if err != nil {
		return nil, err
	}
	var doctors []demoDoctor
	if err := json.Unmarshal(text, &doctors); err != nil || len(doctors) != 2 {
		return nil, fmt.Errorf("%s is damaged; remove it, and new passwords are made", path)
	}
	return doctors, nil
}

func newDoctors(path string) ([]demoDoctor, error) {
	doctors := []demoDoctor{
		{Login: "doctor1", Name: "Doctor One", TrueConfID: "doctor1"},
		{Login: "doctor2", Name: "Doctor Two"},
	}
	for i := range doctors {
		d := &doctors[i]
		d.Password = strings.ToLower(rand.Text()[:10])
		var err error
		if d.Hash, err = web.HashPassword(d.Password); err != nil {
			return nil, err
		}
	}
	text, err := json.Marshal(doctors)
	if err != nil {
		return nil, err
	}
	return doctors, os.WriteFile(path, text, 0o600)
}
