package flows

import (
	"time"

	"bedside/flows/internal/opening"
	"bedside/flows/near"
)

// settleFacts joins what the files say of the clinic: departments and their
// hours, hours and their holidays, the emergency and whom it calls.
func (d *draft) settleFacts(rep *report) {
	for _, name := range d.order.hours {
		d.settleHolidays(rep, d.hours[name])
	}
	for i := range d.departments {
		d.departments[i].hours = d.hoursOf(rep, d.departments[i].hoursName)
	}
	d.settleEmergency(rep)
}

func (d *draft) zone() *time.Location {
	if d.clinic.Zone == nil {
		return time.UTC
	}
	return d.clinic.Zone
}

func (d *draft) settleHolidays(rep *report, h *namedHours) {
	h.Zone = d.zone()
	if h.holidays.name == "" {
		return
	}
	list, ok := d.holidays[h.holidays.name]
	if !ok {
		h.dark = true
		unknown(rep, h.holidays, codeHours, "list of holidays", "`holidays`", d.order.holidays)
		return
	}
	h.Special, h.dark = list.Special, h.dark || list.dark
}

// hoursOf are the hours that a department names; without a name it is always
// open.
func (d *draft) hoursOf(rep *report, ref reference) *opening.Hours {
	always := &opening.Hours{Always: true, Zone: d.zone()}
	if ref.name == "" || ref.name == hoursAlways {
		return always
	}
	h, ok := d.hours[ref.name]
	if !ok {
		unknown(rep, ref, codeHours, "entry of `hours`", "`hours`", append([]string{hoursAlways}, d.order.hours...))
		return always
	}
	return &h.Hours
}

// weeks are all entries of `hours` by their names.
func (d *draft) weeks() map[string]*opening.Hours {
	out := make(map[string]*opening.Hours, len(d.hours))
	for name, h := range d.hours {
		out[name] = &h.Hours
	}
	return out
}

func (d *draft) settleEmergency(rep *report) {
	e := &d.emergency
	if e.offerTo.name != "" && !contains(d.departmentNames(), e.offerTo.name) {
		unknown(rep, e.offerTo, codeDepartment, "department", "`departments`", d.departmentNames())
	}
	for _, ref := range e.notIn {
		if d.slots[ref.name] == nil {
			unknown(rep, ref, codeSlot, "slot", "`slots`", d.slotNames())
		}
	}
}

// unknown reports a name that is nothing's.
func unknown(rep *report, ref reference, code, what, section string, names []string) {
	cure := near.Hint(ref.name, names)
	if cure == "" {
		cure = "add it to " + section
	}
	rep.fail(ref.at, code, "there is no "+what+" `"+ref.name+"`", cure)
}
