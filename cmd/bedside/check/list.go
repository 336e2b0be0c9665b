package check

import "slices"

// All are the checks, in the order in which they are told.
func All() []Check {
	return slices.Concat(setup(), dataChecks(), server(), access(), people(), roomChecks(), publicChecks(), reaching())
}
