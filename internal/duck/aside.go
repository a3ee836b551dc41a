package duck

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"sync/atomic"
)

// Aside is a database in memory that stands beside an open one for a while. What
// is asked there reads the tables of the open one, except those of the schemas
// that the aside has itself: they are its own, and empty at first. So a rebuild of
// tables can be tried out while the open database stays as it is, readable and
// unlocked.
type Aside struct {
	pool    *sql.DB
	name    string
	home    string
	schemas []string // its own
	others  []string // schemas of the open database that it reads
}

var _ Runner = (*Aside)(nil)

// asides numbers the databases beside others of one process.
var asides atomic.Int64

// Aside lets do work with a database beside this one. Own names the schemas that
// it has itself, others those of this database that it reads. It is gone when do
// returns. The database is not reopened meanwhile, so do must not use db itself: it
// would wait for whoever wants to reopen it, who waits for do.
func (db *DB) Aside(ctx context.Context, own, others []string, do func(ctx context.Context, a *Aside) error) (err error) {
	pool, release, err := db.use(ctx)
	if err != nil {
		return err
	}
	defer release()
	home, err := query(ctx, pool, Call{Name: "session/home"})
	if err != nil {
		return err
	}
	a := &Aside{pool: pool, name: "worth_aside_" + strconv.FormatInt(asides.Add(1), 10), schemas: own, others: others}
	a.home, _ = home.Rows[0][0].(string)
	if _, err := exec(ctx, pool, Call{Name: "session/aside", Idents: Idents{"name": a.name}}); err != nil {
		return err
	}
	defer func() {
		_, errGone := exec(context.WithoutCancel(ctx), pool, Call{Name: "session/aside_end", Idents: Idents{"name": a.name}})
		err = errors.Join(err, errGone)
	}()
	for _, schema := range own {
		if _, err := exec(ctx, pool, Call{Name: "session/aside_schema", Idents: Idents{"name": a.name, "schema": schema}}); err != nil {
			return err
		}
	}
	return do(ctx, a)
}

// Name returns the identifier of the database aside, and Home that of the open one.
func (a *Aside) Name() string { return a.name }

// Home returns the identifier of the database that the aside stands beside.
func (a *Aside) Home() string { return a.home }

// Transact is DB.Transact for the database aside.
func (a *Aside) Transact(ctx context.Context, do func(ctx context.Context, tx *Tx) error) error {
	var path []string
	for _, schema := range a.schemas {
		path = append(path, Quote(a.name)+"."+Quote(schema))
	}
	for _, schema := range a.others {
		path = append(path, Quote(a.home)+"."+Quote(schema))
	}
	return transact(ctx, a.pool, do, Call{Name: "session/search_path", Idents: Idents{"path": strings.Join(path, ",")}})
}

// Beside is DB.Transact for the open database, while the aside stands.
func (a *Aside) Beside(ctx context.Context, do func(ctx context.Context, tx *Tx) error) error {
	return transact(ctx, a.pool, do)
}

// Exec runs a call on the open database, for its effect.
func (a *Aside) Exec(ctx context.Context, c Call) (int64, error) { return exec(ctx, a.pool, c) }

// Query runs a call on the open database and holds its whole answer.
func (a *Aside) Query(ctx context.Context, c Call) (*Result, error) { return query(ctx, a.pool, c) }
