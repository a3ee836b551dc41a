package page

import (
	"math"

	"worth/ui/keys"
)

// far is a distance that always reaches the end.
const far = math.MaxInt32

// step returns how far a command moves a cursor in a list of which height lines
// are in view, and false when the command moves none.
func step(id string, height int) (rows, columns int, ok bool) {
	switch id {
	case keys.Up:
		rows = -1
	case keys.Down:
		rows = +1
	case keys.Left:
		columns = -1
	case keys.Right:
		columns = +1
	case keys.First:
		rows = -far
	case keys.Last:
		rows = +far
	case keys.PageUp:
		rows = -max(height, 1)
	case keys.PageDown:
		rows = max(height, 1)
	case keys.HalfUp:
		rows = -max(height/2, 1)
	case keys.HalfDown:
		rows = max(height/2, 1)
	default:
		return 0, 0, false
	}
	return rows, columns, true
}

// listPage is how far a page goes in a list, which is rarely longer.
const listPage = 10
