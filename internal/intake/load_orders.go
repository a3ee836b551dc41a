package intake

import (
	"context"
	"maps"
	"slices"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// table is where the rows of an orders file go.
type table struct{ schema, name string }

var (
	ordersTable    = table{"core", "orders"}        // one row an order: straight to where they stay
	rowsTable      = table{"temp", "order_rows"}    // one row a line: to be rolled up
	customersTable = table{"temp", "new_customers"} // who ordered
)

func (t table) idents() duck.Idents { return duck.Idents{"schema": t.schema, "table": t.name} }

// orders reads an orders file. A file with one row an order is written once,
// straight into core.orders; a file with one row a line waits in order_rows.
func (l *loader) orders(ctx context.Context, r *FileReport) error {
	into, name := ordersTable, "load/orders"
	if hasLines(r.Recognition) {
		into, name = rowsTable, "load/lines"
		if err := l.stage(ctx, r); err != nil {
			return err
		}
	}
	if err := l.note(ctx, r); err != nil {
		return err
	}
	call := l.reading(r, name)
	lineArgs(call.Args, r.Recognition)
	call.Idents["net"] = netMacro(r.Recognition)
	call.Args["excluded"], call.Args["refunded"] = statusWordsOf(r)
	if err := l.readRows(ctx, r, into, call); err != nil {
		return err
	}
	if into == rowsTable && r.Recognition.continued() {
		if err := l.exec(ctx, duck.Call{Name: "load/carry_forward", Args: duck.Args{"file_key": r.Key}}); err != nil {
			return err
		}
	}
	if into == ordersTable {
		l.placed += r.placed
	}
	if err := l.oneCurrency(ctx, r, into); err != nil {
		return err
	}
	facts, err := l.facts(ctx, r, into)
	if err != nil {
		return err
	}
	if err := l.numberRows(ctx, r, into, facts); err != nil {
		return err
	}
	if err := l.orderReferrers(ctx, r); err != nil {
		return err
	}
	if err := l.orderKeys(ctx, r); err != nil {
		return err
	}
	if err := l.scope(ctx, r, into); err != nil {
		return err
	}
	if err := l.rejectRows(ctx, r, into, facts.rejected); err != nil {
		return err
	}
	return l.dateRanges(ctx, r)
}

// readRows reads the rows of an orders file, first as DuckDB's reader would, and
// as text if any cell is not written that way.
func (l *loader) readRows(ctx context.Context, r *FileReport, t table, call duck.Call) error {
	if r.Source.Container != CSV {
		return l.read(ctx, r, call)
	}
	if err := l.readTyped(ctx, r, t, call); err != nil || r.typed {
		return err
	}
	forget := duck.Call{Name: "load/forget_rows", Args: duck.Args{"file_key": r.Key}, Idents: t.idents()}
	if err := l.exec(ctx, forget); err != nil {
		return err
	}
	if err := l.exec(ctx, duck.Call{Name: "load/clear_reader_rejects"}); err != nil {
		return err
	}
	return l.read(ctx, r, call)
}

// readTyped lets DuckDB's reader parse dates and amounts, and notes whether it took
// all of them as they are meant.
func (l *loader) readTyped(ctx context.Context, r *FileReport, t table, call duck.Call) error {
	call.Idents = maps.Clone(call.Idents)
	if err := l.read(ctx, r, l.typed(r, call)); err != nil {
		return err
	}
	asText, err := l.mustReadText(ctx, r, t)
	r.typed = !asText
	return err
}

// The columns of text that the rows of an orders file are read into.
var (
	orderTexts = []Field{CustomerID, OrderID, Platform, Shop, Channel, Campaign, Coupon, Status, Currency, Region, Country}
	lineTexts  = []Field{SKU, Product, Category, Brand}
)

// mustReadText reports whether some cell of a file was not written as DuckDB's
// reader takes it: a date or amount it refused, or a word for nothing.
func (l *loader) mustReadText(ctx context.Context, r *FileReport, t table) (bool, error) {
	n, err := l.number(ctx, duck.Call{Name: "load/refused_cells"})
	if err != nil || n > 0 {
		return true, err
	}
	seen, err := l.skim.wait()
	if err != nil || seen.dashed || !seen.found {
		return seen.dashed, err
	}
	texts := orderTexts
	if t == rowsTable {
		texts = slices.Concat(orderTexts, lineTexts)
	}
	for _, f := range texts {
		from := f
		if f == CustomerID {
			from = r.Recognition.Customer
		}
		if _, mapped := r.Recognition.Mapping[from]; !mapped {
			continue
		}
		idents := t.idents()
		idents["column"] = string(f)
		n, err := l.number(ctx, duck.Call{Name: "load/null_words", Args: duck.Args{"file_key": r.Key}, Idents: idents})
		if err != nil || n > 0 {
			return true, err
		}
	}
	return false, nil
}

// facts is what one look at the rows of an orders file tells.
type facts struct{ rejected, keyless int64 }

// facts counts the rows of a file, and notes the statuses that are still to be
// applied: those the sample did not have, and all of lines.
func (l *loader) facts(ctx context.Context, r *FileReport, t table) (facts, error) {
	var out facts
	call, err := l.newRows(ctx, "load/facts", t, r.Key, r.placed)
	if err != nil {
		return out, err
	}
	res, err := l.tx.Query(ctx, call)
	if err != nil {
		return out, err
	}
	for _, row := range res.Rows {
		word, _ := row[1].(string)
		standing, _ := row[2].(string)
		n, _ := row[3].(int64)
		keyless, _ := row[4].(int64)
		r.Rows += n
		out.keyless += keyless
		if standing == "rejected" {
			out.rejected += n
			continue
		}
		l.statuses.note(t, r, word, standing)
	}
	return out, nil
}

// newOrders fills a query of the orders of the load.
func (l *loader) newOrders(ctx context.Context, name string) (duck.Call, error) {
	return l.newRows(ctx, name, ordersTable, l.first, l.placed)
}

// newRows fills a query of the rows, about so many, that were read since a file; see
// load/new_rows.sql. Where their halves meet does not matter, so it is looked up once.
func (l *loader) newRows(ctx context.Context, name string, t table, from int32, rows int64) (duck.Call, error) {
	of := newlyRead{t, from, rows}
	if _, known := l.middles[of]; !known {
		middle, err := l.middle(ctx, t, from, rows)
		if err != nil {
			return duck.Call{}, err
		}
		l.middles[of] = middle
	}
	return duck.Call{Name: name, Args: duck.Args{"from": from, "middle": l.middles[of]}, Idents: t.idents()}, nil
}

// newlyRead are the rows of a table that were read since a file.
type newlyRead struct {
	table table
	from  int32
	rows  int64
}

// middle returns the rowid of a row in the middle of them.
func (l *loader) middle(ctx context.Context, t table, from int32, rows int64) (int64, error) {
	return l.number(ctx, duck.Call{Name: "load/middle", Args: duck.Args{"from": from, "half": rows / 2}, Idents: t.idents()})
}

// hasLines reports whether the rows of an orders file are lines, to be rolled
// up: it names orders, and something that belongs to a line.
func hasLines(rec Recognition) bool {
	if _, ok := rec.Mapping[OrderID]; !ok {
		return false
	}
	for _, f := range []Field{SKU, Product, Quantity, Price, LineAmount} {
		if _, ok := rec.Mapping[f]; ok {
			return true
		}
	}
	return false
}

// statusWordsOf returns the statuses in the sample that exclude an order or say
// it was given back. What the sample lacks is settled after reading.
func statusWordsOf(r *FileReport) (excluded, refunded []string) {
	excluded, refunded = []string{}, []string{}
	position, ok := r.Recognition.Mapping[Status]
	if !ok {
		return excluded, refunded
	}
	after, both := r.Recognition.Mapping[AfterSales]
	seen := map[string]bool{}
	for _, row := range r.Source.Sample {
		word := row[position]
		if both && !isNull(row[after]) {
			word += afterSales + row[after]
		}
		if seen[word] {
			continue
		}
		seen[word] = true
		switch class, _ := r.Recognition.known.classifyBoth(word); class {
		case StatusExcluded:
			excluded = append(excluded, word)
		case StatusRefunded:
			refunded = append(refunded, word)
		case StatusCounted:
		}
	}
	return excluded, refunded
}

// perRow reports whether the amounts of a file belong to its rows and add up;
// otherwise every row of an order repeats the order's.
func perRow(rec Recognition) bool {
	if rec.known != nil && rec.known.Money.Per != "" {
		return rec.known.Money.Per == PerRow
	}
	return rec.Revenue == RevenueLineGross || rec.Revenue == RevenueLine || rec.Revenue == RevenuePrice || rec.Revenue == RevenueAmount
}

// lineArgs says which amounts of a file belong to its rows; see load/lines.sql.
func lineArgs(args duck.Args, rec Recognition) {
	args["per_row"], args["continued"] = perRow(rec), rec.continued()
	args["refund_adds"], args["charges_add"] = rec.addsUp(Refund), rec.addsUp(Shipping) || rec.addsUp(Tax)
	args["refund_taken"] = rec.outside(Refund)
}

// netMacro names the macro that takes refunds off net revenue, which needs none
// where there are no refunds or where amounts are less them already.
func netMacro(rec Recognition) string {
	_, refunds := rec.Mapping[Refund]
	switch {
	case !refunds:
		return "net_alone"
	case rec.outside(Refund):
		return "net_taken"
	}
	return "net_after"
}

// stage makes the table that rows of line files wait in, once a load.
func (l *loader) stage(ctx context.Context, r *FileReport) error {
	if l.staged {
		return nil
	}
	l.staged = true
	return l.exec(ctx, l.reading(r, "load/stage"))
}

// note keeps what later steps need to know of an orders file.
func (l *loader) note(ctx context.Context, r *FileReport) error {
	var identity string
	switch r.Recognition.Customer {
	case Email:
		identity = "e-mail"
	case Phone:
		identity = "phone"
	case MemberNo:
		identity = "member no"
	default:
		identity = "customer id"
	}
	return l.exec(ctx, duck.Call{Name: "load/load_file", Args: duck.Args{
		"file_key": r.Key, "kind": string(r.Recognition.Kind), "identity": identity, "per_row": perRow(r.Recognition),
		"lines": hasLines(r.Recognition), "moneyless": r.Recognition.Revenue == RevenueNone,
	}})
}

// read runs the query that reads the file, telling how far it is.
func (l *loader) read(ctx context.Context, r *FileReport, call duck.Call) error {
	var err error
	r.placed, err = l.tx.Watch(ctx, call, func(share float64) {
		l.tell(i18n.T("reading"), r.Source.Title(), r.Source.Bytes, share)
	})
	return err
}

// readerRejects keeps the records the reader could not split, and counts them.
func (l *loader) readerRejects(ctx context.Context, r *FileReport) (int64, error) {
	if err := l.exec(ctx, duck.Call{Name: "load/reader_rejects", Args: duck.Args{"file_key": r.Key}}); err != nil {
		return 0, err
	}
	return l.number(ctx, duck.Call{Name: "load/reader_rejected", Args: duck.Args{"file_key": r.Key}})
}

// rejectRows finds out why rows were rejected and takes them out. The file is
// read again for it, but only when there are such rows.
func (l *loader) rejectRows(ctx context.Context, r *FileReport, t table, rejected int64) error {
	if rejected == 0 {
		return nil
	}
	if err := l.explain(ctx, r); err != nil {
		return err
	}
	if err := l.exec(ctx, duck.Call{Name: "load/shift_rejects", Args: duck.Args{"file_key": r.Key}}); err != nil {
		return err
	}
	if r.Recognition.continued() && t == rowsTable {
		dateless := duck.Call{Name: "load/dateless", Args: duck.Args{
			"file_key": r.Key, "column": heading(r.Source, r.Recognition.Mapping[OrderedAt]),
			"reason": i18n.T("the row belongs to an order that has no usable date"),
		}}
		if err := l.exec(ctx, dateless); err != nil {
			return err
		}
	}
	return l.exec(ctx, duck.Call{Name: "load/drop_rejected", Args: duck.Args{"file_key": r.Key}, Idents: t.idents()})
}

// explain writes a line into raw.rejects for every cell that made its row
// unusable: the order date and the amounts.
func (l *loader) explain(ctx context.Context, r *FileReport) error {
	for _, f := range r.Recognition.Mapping.Fields() {
		spec, _ := FieldInfo(f)
		var err error
		switch {
		case !counts(f, r.Recognition):
		case f == OrderedAt && r.Recognition.continued(): // missing dates are told once it is known whose they are
			err = l.unreadDates(ctx, r, f, "")
		case f == OrderedAt:
			err = l.unreadDates(ctx, r, f, i18n.T("the date is missing"))
		case spec.Type == TypeAmount || spec.Type == TypeInteger:
			err = l.unread(ctx, r, f, i18n.T("this is not an amount"))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unread lists the cells of a column of amounts that could not be read.
func (l *loader) unread(ctx context.Context, r *FileReport, f Field, reason string) error {
	position := r.Recognition.Mapping[f]
	call := l.reading(r, "load/unread")
	maps.Copy(call.Args, duck.Args{"column": heading(r.Source, position), "reason": reason})
	maps.Copy(call.Idents, duck.Idents{"cell": column(r.Source, position), "as": readAs(f, r)})
	return l.exec(ctx, call)
}

// unreadDates lists the cells of a date column that are missing (unless missing
// is empty), unreadable or far outside any calendar of a shop.
func (l *loader) unreadDates(ctx context.Context, r *FileReport, f Field, missing string) error {
	position := r.Recognition.Mapping[f]
	call := l.reading(r, "load/unread_dates")
	maps.Copy(call.Args, duck.Args{
		"column": heading(r.Source, position), "missing": nullable(missing), "formats": formats(r.Recognition.Dates[f]),
		"unread":  i18n.T("this is not a date, or not written like the others"),
		"outside": i18n.T("the year is not between 1900 and 2199"),
	})
	maps.Copy(call.Idents, duck.Idents{"cell": column(r.Source, position), "as": readAs(f, r)})
	return l.exec(ctx, call)
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// dateRanges settles an order date whose day and month could be either, with
// the range that each reading gives over all rows.
func (l *loader) dateRanges(ctx context.Context, r *FileReport) error {
	d := r.Recognition.Dates[OrderedAt]
	if d.Other == nil || !d.Ambiguous {
		return nil
	}
	call := l.reading(r, "load/date_ranges")
	position := r.Recognition.Mapping[OrderedAt]
	maps.Copy(call.Args, duck.Args{"formats": d.Format.Formats, "other": d.Other.Formats})
	call.Idents["cell"] = column(r.Source, position)
	res, err := l.tx.Query(ctx, call)
	if err != nil {
		return err
	}
	row := res.Rows[0]
	if unread, _ := row[5].(int64); unread > 0 { // some row allows one reading only
		return nil
	}
	r.Warnings = append(r.Warnings, i18n.T(
		"%s: day and month could be either way round; read as %s it covers %s to %s, as %s %s to %s; say --date-order to choose",
		heading(r.Source, position), string(d.Format.Name), day(row[0]), day(row[1]), string(d.Other.Name), day(row[2]), day(row[3])))
	return nil
}
