package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// within holds a value to the tags of its field; the error names the limits.
func within(value any, tag reflect.StructTag) error {
	if words := strings.Fields(tag.Get("oneof")); len(words) > 0 {
		if !slices.Contains(words, fmt.Sprint(value)) {
			return errors.New("is none of " + strings.Join(words, ", ") + "; write one of them")
		}
	}
	least, most, ok := strings.Cut(tag.Get("range"), " ")
	if !ok {
		return nil
	}
	outside := fmt.Errorf("is outside its limits; write a value from %s to %s", least, most)
	switch v := value.(type) {
	case int:
		if v < must(strconv.Atoi(least)) || v > must(strconv.Atoi(most)) {
			return outside
		}
	case time.Duration:
		if v < must(parseDuration(least)) || v > must(parseDuration(most)) {
			return outside
		}
	case Age:
		if v != 0 && (time.Duration(v) < must(parseDuration(least)) || time.Duration(v) > must(parseDuration(most))) {
			return outside
		}
	}
	return nil
}

// must is for the limits in our own tags.
func must[T any](v T, err error) T {
	if err != nil {
		panic("config: a tag of ours: " + err.Error())
	}
	return v
}
