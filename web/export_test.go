package web

// CheapHash is HashPassword at a price that tests can pay many times.
func CheapHash(password string) string {
	p := phc{memory: 64, passes: 1, lanes: 1, salt: []byte("saltsaltsalt")}
	p.key = p.derive(password, argonKey)
	return p.String()
}
