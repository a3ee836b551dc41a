package intake

import (
	"context"
	"maps"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/tabular"
)

// plainKinds says, for the kinds whose rows go into one table as they are, the
// table and the fields a row cannot do without.
var plainKinds = map[Kind]struct {
	table string
	needs []Field
}{
	Products:        {"products", []Field{SKU}},
	Refunds:         {"refunds", []Field{OrderID, Refund}},
	Referrals:       {"referrals", []Field{ReferrerID, ReferredID}},
	Interactions:    {"interactions", []Field{CustomerID}},
	Spend:           {"spend", []Field{SpendAmount, From}},
	Campaigns:       {"campaigns", []Field{CampaignID}},
	CampaignMembers: {"campaign_members", []Field{CampaignID, CustomerID}},
}

// plain reads a file whose rows go into one table as they are.
func (l *loader) plain(ctx context.Context, r *FileReport) error {
	kind := plainKinds[r.Recognition.Kind]
	if r.Recognition.Kind == Products {
		if err := l.exec(ctx, l.reading(r, "load/forget_products")); err != nil {
			return err
		}
	}
	if err := l.read(ctx, r, l.reading(r, "load/"+string(r.Recognition.Kind))); err != nil {
		return err
	}
	if r.Recognition.Kind == Referrals {
		if err := l.inspectReferrals(ctx, r); err != nil {
			return err
		}
	}
	needs := kind.needs
	if _, either := r.Recognition.Mapping[Campaign]; r.Recognition.Kind == Spend && !either {
		needs = append([]Field{Channel}, needs...)
	}
	return l.inspectPlain(ctx, r, kind.table, needs)
}

// aside counts the rows of a file that is known and not needed.
func (l *loader) aside(ctx context.Context, r *FileReport) error {
	rows, err := l.number(ctx, l.reading(r, "load/count_rows"))
	if err != nil {
		return err
	}
	r.Rows = rows
	r.Warnings = append(r.Warnings, i18n.T("the file holds nothing that customer analysis needs; it was left aside"))
	return nil
}

// interactionsByOrder reads interactions that name an order instead of a customer.
func (l *loader) interactionsByOrder(ctx context.Context, r *FileReport) error {
	if err := l.exec(ctx, duck.Call{Name: "load/clear_reader_rejects"}); err != nil {
		return err
	}
	if err := l.read(ctx, r, l.reading(r, "load/interactions_by_order")); err != nil {
		return err
	}
	orderless := l.reading(r, "load/orderless")
	orderless.Args["column"] = heading(r.Source, r.Recognition.Mapping[OrderID])
	orderless.Args["reason"] = i18n.T("the order is not loaded, or names no customer")
	if err := l.exec(ctx, orderless); err != nil {
		return err
	}
	return l.inspectPlain(ctx, r, "interactions", []Field{OrderID})
}

// inspectPlain lists what could not be read of rows that went into a core table as
// they are, and counts the rest.
func (l *loader) inspectPlain(ctx context.Context, r *FileReport, name string, needs []Field) error {
	if err := l.inspectCells(ctx, r, table{"core", name}, needs); err != nil {
		return err
	}
	kept, err := l.number(ctx, duck.Call{
		Name: "load/kept", Args: duck.Args{"file_key": r.Key}, Idents: duck.Idents{"table": name},
	})
	r.Kept = kept
	return err
}

// orderLines reads lines whose orders stand in another file.
func (l *loader) orderLines(ctx context.Context, r *FileReport) error {
	if err := l.read(ctx, r, l.reading(r, "load/order_lines")); err != nil {
		return err
	}
	if err := l.inspectCells(ctx, r, table{"core", "order_lines"}, []Field{OrderID}); err != nil {
		return err
	}
	if err := l.exec(ctx, l.reading(r, "load/order_line_products")); err != nil {
		return err
	}
	kept, err := l.number(ctx, duck.Call{
		Name: "load/kept", Args: duck.Args{"file_key": r.Key}, Idents: duck.Idents{"table": "order_lines"},
	})
	r.Kept = kept
	return err
}

// customers reads a customers file: persons, the keys they are known by and who
// brought them in.
func (l *loader) customers(ctx context.Context, r *FileReport) error {
	if err := l.read(ctx, r, l.reading(r, "load/people")); err != nil {
		return err
	}
	if err := l.scope(ctx, r, table{"temp", "people"}); err != nil {
		return err
	}
	if _, ok := r.Recognition.Mapping[AliasID]; ok {
		if err := l.exec(ctx, l.reading(r, "load/aliases")); err != nil {
			return err
		}
	}
	if err := l.keyless(ctx, r); err != nil {
		return err
	}
	if err := l.inspectCells(ctx, r, table{"temp", "people"}, nil); err != nil {
		return err
	}
	for _, c := range []duck.Call{
		{Name: "load/describe_persons", Idents: duck.Idents{"table": "persons", "key": "person_key"}},
		{Name: "load/describe_persons", Idents: duck.Idents{"table": "accounts", "key": "account_key"}},
		{Name: "load/insert_people"},
		{Name: "load/people_identities"},
		{Name: "load/people_referrals"},
	} {
		if err := l.exec(ctx, c); err != nil {
			return err
		}
	}
	res, err := l.tx.Query(ctx, duck.Call{Name: "load/people_kept"})
	if err != nil {
		return err
	}
	r.Kept, _ = res.Rows[0][0].(int64)
	r.DateMin, r.DateMax = moment(res.Rows[0][1]), moment(res.Rows[0][2])
	r.Duplicates, err = l.number(ctx, l.reading(r, "load/people_repeated"))
	return err
}

// keyless lists the rows of a customers file that name nobody.
func (l *loader) keyless(ctx context.Context, r *FileReport) error {
	call := l.reading(r, "load/keyless_people")
	maps.Copy(call.Args, duck.Args{
		"column": string(CustomerID), "reason": i18n.T("the row names nobody"), "refused": refusedReason(), "hidden": hiddenReason(),
	})
	for _, f := range []Field{CustomerID, Email, Phone, MemberNo} {
		if position, ok := r.Recognition.Mapping[f]; ok {
			call.Args["column"] = heading(r.Source, position)
			break
		}
	}
	return l.exec(ctx, call)
}

// inspectCells counts the rows of a small file that was read into t, and lists
// every cell that could not be read and every one that is missing where a row
// needs it.
func (l *loader) inspectCells(ctx context.Context, r *FileReport, t table, needs []Field) error {
	rows, err := l.number(ctx, l.reading(r, "load/count_rows"))
	if err != nil {
		return err
	}
	skipped := int64(0)
	if r.Source.Container == CSV {
		if skipped, err = l.readerRejects(ctx, r); err != nil {
			return err
		}
	}
	r.Rows = rows + skipped
	if err := l.blame(ctx, r, needs); err != nil || skipped == 0 {
		return err
	}
	args := duck.Args{"file_key": r.Key}
	if err := l.exec(ctx, duck.Call{Name: "load/shift", Args: args, Idents: t.idents()}); err != nil {
		return err
	}
	return l.exec(ctx, duck.Call{Name: "load/shift_rejects", Args: args})
}

// blame lists the cells that could not be read, or are missing where a row needs
// them.
func (l *loader) blame(ctx context.Context, r *FileReport, needs []Field) error {
	for _, f := range needs {
		if err := l.missing(ctx, r, f); err != nil {
			return err
		}
	}
	for _, f := range r.Recognition.Mapping.Fields() {
		spec, _ := FieldInfo(f)
		var err error
		switch spec.Type {
		case TypeDate:
			err = l.unreadDates(ctx, r, f, "")
		case TypeAmount, TypeInteger:
			err = l.unread(ctx, r, f, i18n.T("this is not an amount"))
		case TypeID, TypeText, TypeStatus:
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// missing lists the rows that lack an id they cannot do without.
func (l *loader) missing(ctx context.Context, r *FileReport, f Field) error {
	position, ok := r.Recognition.Mapping[f]
	if !ok {
		return nil
	}
	call := l.reading(r, "load/missing")
	maps.Copy(call.Args, duck.Args{
		"column": heading(r.Source, position), "reason": i18n.T("the row does not say %s", string(f)),
		"refused": refusedReason(), "hidden": hiddenReason(),
	})
	call.Idents["cell"] = column(r.Source, position)
	return l.exec(ctx, call)
}

// refusedReason is why an id in scientific notation is refused.
func refusedReason() string {
	return i18n.T("a spreadsheet dropped digits of this id; export the column as text")
}

// hiddenReason is why a masked id is refused.
func hiddenReason() string { return i18n.T("a masked id names nobody") }

// moment returns a cell's time, nil for none.
func moment(cell any) *time.Time {
	if t, ok := cell.(time.Time); ok {
		return &t
	}
	return nil
}

// day writes the day of a cell, or a dash.
func day(cell any) string {
	if t, ok := cell.(time.Time); ok {
		return t.Format(time.DateOnly)
	}
	return "–"
}

// amount returns a cell's exact amount, zero for none.
func amount(cell any) tabular.Decimal {
	d, _ := cell.(tabular.Decimal)
	return d
}
