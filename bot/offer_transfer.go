package bot

import "slices"

// toDoctor begins the name of a doctor where a conversation is transferred to one;
// what has no such beginning is a department.
const toDoctor = "doctor/"

// transferTo gives the patient back to the queue and rings the colleague who was
// named, however much they have to do and whether or not the department is open. Who
// could not hear it is no one to transfer to: the department is.
func (t *turn) transferTo(login string) error {
	to, ok := t.f.Staff[login]
	switch {
	case !ok || to.Role != Doctor:
		return refuse(Invalid, "there is no such doctor")
	case login == t.s.Doctor:
		return refuse(Invalid, "you have this conversation already")
	}
	if t.f.Doctors != nil {
		if err := t.reachable(to); err != nil {
			return err
		}
	}
	department := t.departmentOf(to)
	if _, err := t.giveBack("transfer", department, t.c.Args.Reason); err != nil {
		return err
	}
	t.ringFor(to, department, ByTransfer, []Considered{{Doctor: login}})
	return nil
}

// reachable refuses a colleague who would not hear that they are rung.
func (t *turn) reachable(to Actor) error {
	all := t.f.Doctors()
	i := slices.IndexFunc(all, func(d DoctorNow) bool { return d.Actor.Login == to.Login })
	switch {
	case i < 0 || !all[i].Here:
		return refuse(NotNow, to.Name+" is not there just now; transfer to a department")
	case all[i].Duty == DutyAway:
		return refuse(NotNow, to.Name+" is away just now; transfer to a department")
	case all[i].Ringing != "":
		return refuse(NotNow, to.Name+" is being rung for another patient; try again in a moment")
	}
	return nil
}

// departmentOf is the queue in which a patient waits for a doctor who was named:
// the one in which they are, where the doctor works in it.
func (t *turn) departmentOf(a Actor) string {
	if a.Serves(t.s.Department) {
		return t.s.Department
	}
	for _, department := range a.Departments {
		if live := t.live(); live == nil || has(live, department) {
			return department
		}
	}
	return t.s.Department
}

// leave gives back what a doctor still has who has signed out.
func (t *turn) leave() error {
	if t.s.Phase != Consulting || t.s.Doctor != t.c.Args.Doctor {
		return nil
	}
	return t.back(releasedGone, t.s.Department, "")
}
