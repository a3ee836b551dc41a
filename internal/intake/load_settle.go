package intake

import (
	"context"
	"encoding/json"
	"maps"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/identity"
)

// settle makes orders and persons of what the files of the load brought, once
// for all of them.
func (l *loader) settle(ctx context.Context) error {
	if l.progress != nil {
		l.progress(i18n.T("making orders and customers"), "", 0.92)
	}
	if l.staged {
		if err := l.rollUp(ctx); err != nil {
			return err
		}
	}
	if !l.any(Orders) && !l.any(OrderLines) {
		return l.settlePeople(ctx)
	}
	for _, step := range []func(context.Context) error{l.orderStatuses, l.persons, l.repeated, l.fillFromLines, l.settlePeople} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// fillFromLines tells of orders what only the lines of another file say: what they
// brought and what the goods cost.
func (l *loader) fillFromLines(ctx context.Context) error {
	moneyless := l.moneyless()
	if !moneyless && l.any(OrderLines) {
		n, err := l.number(ctx, duck.Call{Name: "load/has_moneyless"})
		if err != nil {
			return err
		}
		moneyless = n > 0
	}
	if moneyless {
		if err := l.exec(ctx, duck.Call{Name: "load/fill_revenue"}); err != nil {
			return err
		}
	}
	return l.exec(ctx, duck.Call{Name: "load/fill_costs"})
}

// moneyless reports whether a new orders file has no amounts.
func (l *loader) moneyless() bool {
	for _, r := range l.report.Files {
		if r.Key != 0 && r.Recognition.Kind == Orders && r.Recognition.Revenue == RevenueNone {
			return true
		}
	}
	return false
}

// hasAliases reports whether any customers file says under which other ids orders
// name its people.
func (l *loader) hasAliases(ctx context.Context) (bool, error) {
	for _, r := range l.report.Files {
		if _, ok := r.Recognition.Mapping[AliasID]; ok && r.Key != 0 && r.Recognition.Kind == Customers {
			return true, nil
		}
	}
	n, err := l.number(ctx, duck.Call{Name: "load/has_aliases"})
	return n > 0, err
}

// settlePeople makes one person of those who stand under several ids, as files or
// shared keys say, and then reads what names only an order.
func (l *loader) settlePeople(ctx context.Context) error {
	aliases, err := l.hasAliases(ctx)
	if err != nil {
		return err
	}
	if aliases {
		for _, step := range []string{"load/aliased", "load/alias_orders", "load/drop_alias_identities", "load/drop_alias_persons", "load/drop_alias_accounts"} {
			if err := l.exec(ctx, duck.Call{Name: step}); err != nil {
				return err
			}
		}
	}
	if l.keyed {
		if err := l.exec(ctx, duck.Call{Name: "load/drop_strange_identities", Args: duck.Args{"from": l.first}}); err != nil {
			return err
		}
	}
	if err := identity.Resolve(ctx, l.tx); err != nil {
		return err
	}
	for _, r := range l.byOrder {
		if err := l.interactionsByOrder(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) any(kind Kind) bool {
	for _, r := range l.report.Files {
		if r.Key != 0 && r.Recognition.Kind == kind {
			return true
		}
	}
	return false
}

// rollUp makes orders, lines and products of the staged rows. Lines that do not
// count are set apart first, so that an order is worth its other lines.
func (l *loader) rollUp(ctx context.Context) error {
	if err := l.applyStatuses(ctx, rowsTable, "load/give_back_rows"); err != nil {
		return err
	}
	n, err := l.tx.Exec(ctx, duck.Call{Name: "load/roll_up"})
	if err != nil {
		return err
	}
	l.placed += n
	for _, step := range []string{"load/keep_lines", "load/line_products"} {
		if err := l.exec(ctx, duck.Call{Name: step}); err != nil {
			return err
		}
	}
	return nil
}

// warn tells something of the load as a whole with its last new orders file.
func (l *loader) warn(text string) {
	for i := len(l.report.Files) - 1; i >= 0; i-- {
		if r := l.report.Files[i]; r.Key != 0 && r.Recognition.Kind == Orders {
			r.Warnings = append(r.Warnings, text)
			return
		}
	}
}

// persons makes persons of the customers of new orders, repairing their ids.
func (l *loader) persons(ctx context.Context) error {
	if err := l.newCustomers(ctx); err != nil {
		return err
	}
	repaired, err := l.repair(ctx, duck.Args{"from": l.first})
	if err != nil {
		return err
	}
	if repaired {
		if err := l.newCustomers(ctx); err != nil {
			return err
		}
	}
	if err := l.exec(ctx, duck.Call{Name: "load/persons"}); err != nil {
		return err
	}
	return l.exec(ctx, duck.Call{Name: "load/order_identities"})
}

// newCustomers lists the customers of new orders who are not known yet.
func (l *loader) newCustomers(ctx context.Context) error {
	call, err := l.newOrders(ctx, "load/new_customers")
	if err != nil {
		return err
	}
	call.Args["single"], call.Idents["first_file"] = nil, "first_of_files"
	if only := l.onlyOrders(); only != nil {
		call.Args["single"], call.Idents["first_file"] = only.Key, "first_and_only"
	}
	n, err := l.tx.Exec(ctx, call)
	if err != nil {
		return err
	}
	if call, err = l.newRows(ctx, "load/count_collided", customersTable, l.first, n); err != nil {
		return err
	}
	collided, err := l.number(ctx, call)
	if err != nil || collided == 0 {
		return err
	}
	return l.collided(ctx)
}

// onlyOrders returns the file that all new orders are from, nil where there are several.
func (l *loader) onlyOrders() *FileReport {
	var only *FileReport
	for _, r := range l.report.Files {
		if kind := r.Recognition.Kind; r.Key == 0 || kind != Orders && kind != OrderLines {
			continue
		}
		if only != nil {
			return nil
		}
		only = r
	}
	return only
}

// repair cleans customer ids that are not as they should be: padded, floats,
// masked, or spoilt by a spreadsheet.
func (l *loader) repair(ctx context.Context, from duck.Args) (bool, error) {
	if err := l.exec(ctx, duck.Call{Name: "load/spoilt_customers"}); err != nil {
		return false, err
	}
	res, err := l.tx.Query(ctx, duck.Call{Name: "load/count_repairs"})
	if err != nil {
		return false, err
	}
	row := res.Rows[0]
	count := func(i int) int64 { n, _ := row[i].(int64); return n }
	if count(0) == 0 {
		return false, nil
	}
	if err := l.report.Number(ctx, l.tx); err != nil {
		return false, err
	}
	if count(2) > 0 {
		l.warn(i18n.T("%d customer {id is masked and names nobody; its|ids are masked and name nobody; their} orders count as revenue without a customer", count(2)))
	}
	if count(1) > 0 {
		args := maps.Clone(from)
		args["column"], args["reason"] = l.customerHeading(), refusedReason()
		if err := l.exec(ctx, duck.Call{Name: "load/refuse_customers", Args: args}); err != nil {
			return false, err
		}
	}
	if err := l.exec(ctx, duck.Call{Name: "load/repair_customers", Args: from}); err != nil {
		return false, err
	}
	for _, r := range l.report.Files {
		if r.Key == 0 || count(1) == 0 {
			continue
		}
		drop := duck.Call{Name: "load/drop_rejected", Args: duck.Args{"file_key": r.Key}, Idents: ordersTable.idents()}
		if err := l.exec(ctx, drop); err != nil {
			return false, err
		}
	}
	return true, nil
}

// collided returns the error that two customers have one key.
func (l *loader) collided(ctx context.Context) error {
	res, err := l.tx.Query(ctx, duck.Call{Name: "load/collided"})
	if err != nil {
		return err
	}
	return i18n.Errorf("two customer ids (one is %v) have the same key; rename one of them in the file", res.Rows[0][0])
}

func (l *loader) customerHeading() string {
	for _, r := range l.report.Files {
		if position, ok := r.Recognition.Mapping[r.Recognition.Customer]; ok && r.Recognition.Kind == Orders {
			return heading(r.Source, position)
		}
	}
	return string(CustomerID)
}

// repeated leaves one row for every order that stands more than once.
func (l *loader) repeated(ctx context.Context) error {
	steady, err := l.steady(ctx)
	if err != nil || steady {
		return err
	}
	if err := l.exec(ctx, duck.Call{Name: "load/repeated"}); err != nil {
		return err
	}
	if err := l.tellPlatformsApart(ctx); err != nil {
		return err
	}
	res, err := l.tx.Query(ctx, duck.Call{Name: "load/count_repeated"})
	if err != nil {
		return err
	}
	row := res.Rows[0]
	if n, _ := row[0].(int64); n == 0 {
		return nil
	}
	if n, _ := row[1].(int64); n > 0 {
		return i18n.Errorf("two order ids (one is %v) have the same key; rename one of them in the file", row[2])
	}
	if err := l.report.Number(ctx, l.tx); err != nil {
		return err
	}
	if err := l.exec(ctx, duck.Call{Name: "load/merge_repeated"}); err != nil {
		return err
	}
	if err := l.countRepeats(ctx); err != nil {
		return err
	}
	for _, step := range []string{"load/drop_repeated_lines", "load/drop_repeated", "load/keep_merged"} {
		if err := l.exec(ctx, duck.Call{Name: step}); err != nil {
			return err
		}
	}
	return nil
}

// tellPlatformsApart gives orders that share their number with one of another
// platform keys of their own: they are no repeats.
func (l *loader) tellPlatformsApart(ctx context.Context) error {
	if err := l.exec(ctx, duck.Call{Name: "load/rekeyed"}); err != nil {
		return err
	}
	n, err := l.number(ctx, duck.Call{Name: "load/count_rekeyed"})
	if err != nil || n == 0 {
		return err
	}
	for _, step := range []string{"load/rekey_orders", "load/rekey_lines", "load/repeated"} {
		if err := l.exec(ctx, duck.Call{Name: step}); err != nil {
			return err
		}
	}
	return nil
}

// steady reports whether the order ids go up or down from row to row, as in most
// exports, so that none can stand twice. It takes a tenth of the time of looking
// for repeats.
func (l *loader) steady(ctx context.Context) (bool, error) {
	middle, err := l.middle(ctx, ordersTable, l.first, l.placed)
	if err != nil {
		return false, err
	}
	res, err := l.tx.Query(ctx, duck.Call{Name: "load/order_steps", Args: duck.Args{"middle": middle}})
	if err != nil {
		return false, err
	}
	least, some := res.Rows[0][0].(int64)
	most, _ := res.Rows[0][1].(int64)
	unknown, _ := res.Rows[0][2].(int64)
	return unknown == 0 && (!some || least > 0 || most < 0), nil
}

func (l *loader) countRepeats(ctx context.Context) error {
	res, err := l.tx.Query(ctx, duck.Call{Name: "load/repeats_by_file", Args: duck.Args{"from": l.first}})
	if err != nil {
		return err
	}
	for _, row := range res.Rows {
		key, _ := row[0].(int64)
		n, _ := row[1].(int64)
		if r := l.byKey(key); r != nil && n > 0 {
			r.Duplicates = n
			r.Warnings = append(r.Warnings, i18n.T("%d row{s} {repeats|repeat} an order that stands elsewhere; each order counts once", n))
		}
	}
	return nil
}

func (l *loader) byKey(key int64) *FileReport {
	for _, r := range l.report.Files {
		if int64(r.Key) == key && key != 0 {
			return r
		}
	}
	return nil
}

// record completes the reports and keeps them with the workspace.
func (l *loader) record(ctx context.Context) error {
	if err := l.totals(ctx); err != nil {
		return err
	}
	if err := l.sheetRows(ctx); err != nil {
		return err
	}
	for _, r := range l.report.Files {
		if r.Key == 0 {
			continue
		}
		rejected, err := l.number(ctx, duck.Call{Name: "load/rejected", Args: duck.Args{"file_key": r.Key}})
		if err != nil {
			return err
		}
		r.Rejected = rejected
		if r.Recognition.Kind == Orders {
			r.Kept = r.Rows - rejected
		}
		if r.Rows == 0 {
			r.Warnings = append(r.Warnings, i18n.T("the file has a header and no rows; export it again if there should be some"))
		}
		if err := l.keep(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// totals fills in what the orders files brought.
func (l *loader) totals(ctx context.Context) error {
	call, err := l.newOrders(ctx, "load/file_orders")
	if err != nil {
		return err
	}
	one := l.currency()
	several := one != "" && !currencyCode.MatchString(one)
	call.Args["currency"] = nullable(one)
	res, err := l.tx.Query(ctx, call)
	if err != nil {
		return err
	}
	for _, row := range res.Rows {
		key, _ := row[0].(int64)
		r := l.byKey(key)
		if r == nil {
			continue
		}
		r.Credits, _ = row[1].(int64)
		r.Excluded, _ = row[2].(int64)
		r.DateMin, r.DateMax = moment(row[3]), moment(row[4])
		r.NetRevenue = amount(row[5])
		if future, _ := row[6].(int64); future > 0 {
			r.Warnings = append(r.Warnings, i18n.T("%d order{s} {is|are} dated after today; they are kept, and set aside from the default as-of date", future))
		}
		others, _ := row[7].(bool)
		several = several || others
	}
	if !several {
		return nil
	}
	return l.currencies(ctx)
}

func (l *loader) keep(ctx context.Context, r *FileReport) error {
	warnings, err := json.Marshal(append([]string{}, r.Warnings...))
	if err != nil {
		return i18n.Errorf("the warnings of %s cannot be kept: %v", r.Source.Original, err)
	}
	columns, err := json.Marshal(append([]string{}, r.Source.Columns...))
	if err != nil {
		return i18n.Errorf("the columns of %s cannot be kept: %v", r.Source.Original, err)
	}
	format := r.Recognition.Format
	if format == "" {
		format = string(r.Source.Container)
	}
	args := duck.Args{
		"file_key": r.Key, "first_line": firstRecord(r.Source), "path": r.Source.Title(), "sha256": r.Source.SHA256, "bytes": r.Source.Bytes, "format": format,
		"encoding": string(r.Source.Encoding), "sheet": nil, "kind": string(r.Recognition.Kind), "signature": r.Source.Signature(),
		"mapping": mappingJSON(r), "rows": r.Rows, "kept": r.Kept, "rejected": r.Rejected, "credits": r.Credits,
		"excluded": r.Excluded, "duplicates": r.Duplicates, "date_min": nil, "date_max": nil,
		"net_revenue": r.NetRevenue.String(), "warnings": string(warnings), "columns": string(columns), "zoned": zoned(r.Recognition),
	}
	if r.Source.Sheet != "" {
		args["sheet"] = r.Source.Sheet
	}
	if r.DateMin != nil {
		args["date_min"], args["date_max"] = *r.DateMin, *r.DateMax
	}
	if err := l.exec(ctx, duck.Call{Name: "load/record_file", Args: args}); err != nil {
		return err
	}
	return l.keepConversions(ctx, r)
}
