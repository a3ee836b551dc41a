package main

import (
	"slices"
	"strings"

	"worth/internal/cli"
	"worth/internal/i18n"
	"worth/internal/workspace"
	"worth/ui"
	"worth/ui/keys"
	"worth/ui/page"
	"worth/ui/theme"
)

// The lines between which a part that is made stands.
const (
	partBegins = "<!-- made by go generate: %s -->\n"
	partEnds   = "<!-- end of %s -->\n"
)

// fill puts parts between their marks. A mark that is missing is an error.
func fill(text string, parts map[string]string) (string, error) {
	for name, part := range parts {
		begin, end := strings.Replace(partBegins, "%s", name, 1), strings.Replace(partEnds, "%s", name, 1)
		head, rest, ok := strings.Cut(text, begin)
		_, tail, ended := strings.Cut(rest, end)
		if !ok || !ended {
			return "", i18n.Errorf("the README has no place for %q; it is between the lines %q and %q",
				name, strings.TrimSpace(begin), strings.TrimSpace(end))
		}
		text = head + begin + part + end + tail
	}
	return text, nil
}

// tables returns the parts that need no data.
func tables() (map[string]string, error) {
	schemes, err := schemeTable()
	if err != nil {
		return nil, err
	}
	return map[string]string{"keys": bindings().MarkdownTable(), "verbs": verbTable(), "schemes": schemes}, nil
}

// pageKeys are the bindings of a page, under its heading.
type pageKeys struct {
	group i18n.Text
	keys  keys.Map
}

// pages are the pages with the bindings each answers to.
func pages() []pageKeys {
	env := &page.Env{Theme: theme.Dark()}
	return []pageKeys{
		{"Overview", page.NewOverview(env).Keys()},
		{"Segments", page.NewSegments(env).Keys()},
		{"Customers", page.NewCustomers(env, workspace.View{}, "").Keys()},
		{"One customer", page.NewCustomer(env, "").Keys()},
		{"Referrals", page.NewReferrals(env).Keys()},
		{"A tree of referrals", page.TreeKeys()},
		{"Channels and campaigns", page.NewChannels(env).Keys()},
		{"SQL", page.SQLKeys()},
		{"Snapshots", page.NewSnapshots(env).Keys()},
		{"One snapshot", page.SnapshotKeys()},
		{"A comparison", page.DiffKeys()},
		{"A trend", page.TrendKeys()},
		{"What was loaded", page.NewLoad(env, nil).Keys()},
		{"Quality of the data", page.NewQuality(env).Keys()},
		{"Choosing files", page.NewStart(env, nil).Keys()},
	}
}

// bindings are the keys of the whole program, those that only one page has, and
// those of grids. Commands without a key, which the palette offers, and keys that
// no page answers to are left out.
func bindings() keys.Map {
	all := pages()
	program, paging, grid := ui.Bindings(), offered(keys.Paging(), all), offered(keys.Grid(), all)
	shared, single := ownBindings(all, keys.Join(program, paging, grid))
	table := keys.Join(program, paging, shared, single, grid)
	return slices.DeleteFunc(table, func(b keys.Binding) bool { return len(b.Keys) == 0 })
}

// offered returns the bindings whose command at least one page has.
func offered(m keys.Map, all []pageKeys) keys.Map {
	return slices.DeleteFunc(m, func(b keys.Binding) bool {
		return !slices.ContainsFunc(all, func(p pageKeys) bool { _, ok := p.keys.Find(b.ID); return ok })
	})
}

// ownBindings returns what pages have beside the common keys: what several of
// them share, under the heading of all pages, and the rest under the page's own.
func ownBindings(all []pageKeys, common keys.Map) (shared, single keys.Map) {
	count := map[string]int{}
	var own keys.Map
	for _, p := range all {
		for _, b := range p.keys {
			if _, known := common.Find(b.ID); known {
				continue
			}
			if count[b.ID]++; count[b.ID] == 1 {
				b.Group = p.group
				own = append(own, b)
			}
		}
	}
	for _, b := range own {
		if count[b.ID] == 1 {
			single = append(single, b)
			continue
		}
		b.Group = keys.Paging()[0].Group
		shared = append(shared, b)
	}
	return shared, single
}

// verbTable lists the verbs with an example of each.
func verbTable() string {
	var b strings.Builder
	b.WriteString("| " + i18n.T("Verb") + " | " + i18n.T("What it prints") + " | " + i18n.T("For example") + " |\n|---|---|---|\n")
	for _, v := range cli.Verbs() {
		b.WriteString("| `worth " + escaped(v.Use) + "` | " + escaped(v.Short) + " | `" + escaped(v.Example) + "` |\n")
	}
	return b.String()
}

// schemeTable lists the shipped schemes, the default first.
func schemeTable() (string, error) {
	schemes, err := workspace.Schemes()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("| `--scheme` | " + i18n.T("What it does") + " |\n|---|---|\n")
	for _, s := range schemes {
		b.WriteString("| `" + s.Name + "` | " + escaped(s.Title) + " |\n")
	}
	return b.String(), nil
}

// escaped is text as a cell of a table.
func escaped(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
