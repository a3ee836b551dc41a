package main

import (
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

// bindings are all keys of the program: those of the whole program, those that
// only one page has, and those of grids.
func bindings() keys.Map {
	env := &page.Env{Theme: theme.Dark()}
	common := keys.Join(ui.Bindings(), keys.Paging(), keys.Grid())
	all := keys.Join(ui.Bindings(), keys.Paging())
	count := map[string]int{}
	var own keys.Map
	for _, p := range []struct {
		group i18n.Text
		keys  keys.Map
	}{
		{"Overview", page.NewOverview(env).Keys()},
		{"Segments", page.NewSegments(env).Keys()},
		{"One customer", page.NewCustomer(env, "").Keys()},
		{"What was loaded", page.NewLoad(env, nil).Keys()},
		{"Quality of the data", page.NewQuality(env).Keys()},
		{"Choosing files", page.NewStart(env, nil).Keys()},
	} {
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
	for _, b := range own { // what several pages have stands with what all have
		if count[b.ID] > 1 {
			b.Group = keys.Paging()[0].Group
			all = append(all, b)
		}
	}
	for _, b := range own {
		if count[b.ID] == 1 {
			all = append(all, b)
		}
	}
	return keys.Join(all, keys.Grid())
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
