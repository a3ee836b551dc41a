package intake

import (
	"context"
	"regexp"
	"strings"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/tabular"
)

// CurrencyAmount is what the orders of one currency in a file brought.
type CurrencyAmount struct {
	Currency   string // ISO code; empty for orders that name none
	Orders     int64
	NetRevenue tabular.Decimal // in that currency
}

var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

// oneCurrency takes down one currency that the rows of a file are in.
func (l *loader) oneCurrency(ctx context.Context, r *FileReport, t table) error {
	if _, named := r.Recognition.Mapping[Currency]; !named {
		r.Currency = r.Recognition.currency()
		return nil
	}
	res, err := l.tx.Query(ctx, duck.Call{Name: "load/one_currency", Args: duck.Args{"from": r.Key}, Idents: t.idents()})
	if err == nil && len(res.Rows) > 0 {
		r.Currency, _ = res.Rows[0][0].(string)
	}
	return err
}

// currency returns one that new orders are in, as files write it; empty where they
// name none.
func (l *loader) currency() string {
	var one string
	for _, r := range l.report.Files {
		one = max(one, r.Currency)
	}
	return one
}

// currencies writes currencies as codes, where orders are in several or in none that
// is one, and tells what each brought: amounts of different money are not added up.
func (l *loader) currencies(ctx context.Context) error {
	if err := l.exec(ctx, duck.Call{Name: "load/tidy_currencies", Args: duck.Args{"from": l.first}}); err != nil {
		return err
	}
	res, err := l.tx.Query(ctx, duck.Call{Name: "load/file_currencies", Args: duck.Args{"from": l.first}})
	if err != nil {
		return err
	}
	for _, row := range res.Rows {
		key, _ := row[0].(int64)
		r := l.byKey(key)
		if r == nil {
			continue
		}
		c := CurrencyAmount{NetRevenue: amount(row[3])}
		c.Currency, _ = row[1].(string)
		c.Orders, _ = row[2].(int64)
		r.Currencies = append(r.Currencies, c)
	}
	for _, r := range l.report.Files {
		r.tellCurrencies()
	}
	return nil
}

// tellCurrencies lets the most frequent currency of a file stand for it, and lists all.
func (r *FileReport) tellCurrencies() {
	if len(r.Currencies) == 0 {
		return
	}
	r.Currency = r.Currencies[0].Currency
	if len(r.Currencies) == 1 || len(r.Currencies) == 2 && r.Currencies[1].Currency == "" {
		r.Currencies = nil
		return
	}
	r.NetRevenue = r.Currencies[0].NetRevenue
	var texts []string
	for _, c := range r.Currencies {
		name := c.Currency
		if name == "" {
			name = i18n.T("no currency named")
		}
		texts = append(texts, i18n.T("%s: %d order{s}, net revenue %s", name, c.Orders, c.NetRevenue.String()))
	}
	r.Warnings = append(r.Warnings, i18n.T("the orders are in several currencies, which are not added up: %s", strings.Join(texts, "; ")))
}
