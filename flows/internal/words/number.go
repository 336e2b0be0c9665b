package words

import "strconv"

// plain writes a number without an exponent and without idle zeros.
func plain(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
