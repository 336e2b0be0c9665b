package engine

import (
	"sync"
	"time"
)

// zonesKept is more than there are; what people make up does not grow beyond it.
const zonesKept = 1024

// zones are the time zones that patients' browsers have named. A zone is a file of
// the system's: reading it took longer than deciding the message that asked for it.
type zones struct {
	mu  sync.Mutex
	all map[string]*time.Location // nil: there is none of that name
}

func newZones() *zones { return &zones{all: map[string]*time.Location{}} }

// of is the time zone of a name; nil for one that there is not, for then the
// clinic's counts.
func (z *zones) of(name string) *time.Location {
	if name == "" || name == "Local" {
		return nil
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	zone, known := z.all[name]
	if known {
		return zone
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		zone = nil
	}
	if len(z.all) >= zonesKept {
		clear(z.all)
	}
	z.all[name] = zone
	return zone
}
