package attachment

import "encoding/binary"

// tagOrientation is Exif's, in the first directory of its TIFF.
const tagOrientation = 0x0112

// orientationOf reads how a picture lies from the TIFF inside an Exif block; 1,
// upright, where it does not say.
func orientationOf(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > int64(len(tiff)) {
		return 1
	}
	count := int64(order.Uint16(tiff[at:]))
	for i := range count {
		field := at + 2 + 12*i
		if field+12 > int64(len(tiff)) {
			return 1
		}
		if order.Uint16(tiff[field:]) != tagOrientation {
			continue
		}
		if o := int(order.Uint16(tiff[field+8:])); order.Uint16(tiff[field+2:]) == 3 && o >= 1 && o <= 8 {
			return o
		}
		return 1
	}
	return 1
}

// tiffOf is a TIFF that says how the picture lies, and nothing else.
func tiffOf(orientation int) []byte {
	return []byte{
		'M', 'M', 0, '*', 0, 0, 0, 8, // big-endian; the directory is at 8
		0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(orientation), 0, 0, // one field: a short
		0, 0, 0, 0, // no further directory
	}
}
