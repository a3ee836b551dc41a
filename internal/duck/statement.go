package duck

import (
	"context"
	"slices"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"worth/internal/i18n"
)

// changes are the statements that Change runs. Those that end a transaction, open
// other databases or change settings are none of them.
var changes = []duckdb.StmtType{
	duckdb.STATEMENT_TYPE_INSERT, duckdb.STATEMENT_TYPE_UPDATE, duckdb.STATEMENT_TYPE_DELETE, duckdb.STATEMENT_TYPE_CREATE,
	duckdb.STATEMENT_TYPE_DROP, duckdb.STATEMENT_TYPE_ALTER, duckdb.STATEMENT_TYPE_COPY,
}

// Change runs one statement an analyst wrote that changes data, and returns the
// number of rows it changed. The variables are set before.
func (tx *Tx) Change(ctx context.Context, statement string, variables Args) (int64, error) {
	if err := setVariables(ctx, tx.conn, variables); err != nil {
		return 0, err
	}
	err := prepared(tx.conn, statement, func(stmt *duckdb.Stmt) error {
		kind, err := stmt.StatementType()
		if err == nil && !slices.Contains(changes, kind) {
			err = i18n.Errorf("this statement neither reads nor changes data; INSERT, UPDATE, DELETE, CREATE, DROP, ALTER and COPY can be run")
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	res, err := tx.conn.ExecContext(ctx, statement)
	if err != nil {
		return 0, explainIn(ctx, "", err)
	}
	n, err := res.RowsAffected()
	return n, explain(err)
}

// Day is a variable's value that is a calendar day, not a moment.
type Day time.Time

// setVariables sets what getvariable reads on a connection.
func setVariables(ctx context.Context, q querier, variables Args) error {
	for name, value := range variables {
		c := Call{Name: "sql/variable", Idents: Idents{"name": name}, Args: Args{"value": value}}
		if day, ok := value.(Day); ok {
			c.Name, c.Args = "sql/variable_day", Args{"value": time.Time(day)}
		}
		if _, err := exec(ctx, q, c); err != nil {
			return err
		}
	}
	return nil
}
