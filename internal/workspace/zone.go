package workspace

import (
	"cmp"
	"context"
	"time"

	"worth/internal/duck"
)

// utc is the time zone of settings that name none.
const utc = "UTC"

// zone returns the IANA name of the time zone in which days are counted.
func (s Settings) zone() string { return cmp.Or(s.TimeZone, utc) }

// location returns that time zone. Settings in force have been checked; of others it
// is UTC when they name one that is not known.
func (s Settings) location() *time.Location {
	location, err := time.LoadLocation(s.zone())
	if err != nil {
		return time.UTC
	}
	return location
}

// dated are the columns of the schema core that hold moments.
var dated = []struct{ table, column string }{
	{"orders", "ordered_at"},
	{"orders", "paid_at"},
	{"persons", "registered_at"},
	{"accounts", "registered_at"},
	{"refunds", "refunded_at"},
	{"referrals", "at"},
	{"interactions", "at"},
}

// rezone makes what files say without an offset the same wall clock of the time zone
// of new settings: an order of the 5th stays one of the 5th. It keeps the settings, so
// that doing it again does nothing. The settings before are those that the workspace
// keeps, as another program may have changed them.
func rezone(ctx context.Context, tx *duck.Tx, after Settings) error {
	before, err := settingsIn(ctx, tx)
	if err != nil || before.zone() == after.zone() {
		return err
	}
	from, to := before.zone(), after.zone()
	idents := duck.Idents{"local": "local_zone", "moment": "moment_zone"}
	if from == utc {
		idents["local"] = "local_utc"
	}
	if to == utc {
		idents["moment"] = "moment_utc"
	}
	calls := []duck.Call{{Name: "workspace/redate_files", Idents: idents}}
	for _, d := range dated {
		calls = append(calls, duck.Call{Name: "workspace/redate", Idents: duck.Idents{
			"local": idents["local"], "moment": idents["moment"], "table": d.table, "column": d.column,
		}})
	}
	for _, c := range calls {
		c.Args = duck.Args{"from": from, "to": to}
		if _, err := tx.Exec(ctx, c); err != nil {
			return err
		}
	}
	return keepSettings(ctx, tx, after)
}
