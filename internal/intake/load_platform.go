package intake

import (
	"cmp"
	"context"
	"slices"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// claimant is a file that knows its customers by ids of a platform.
type claimant struct {
	file     int32
	platform string
}

// claims returns the platform whose ids a file knows its customers by; empty for a
// file of no known platform, or one that knows them by e-mail, phone or member number,
// which mean the same everywhere.
func (r Recognition) claims() string {
	if r.known == nil || r.Kind != Orders && r.Kind != Customers {
		return ""
	}
	_, mapped := r.Mapping[CustomerID]
	byID := r.Customer == CustomerID || r.Instead == CustomerID || r.Kind == Customers && mapped
	if !byID {
		return ""
	}
	return r.known.Platform
}

// byPlatform puts the files of platforms that number their customers in order of
// name, so that it does not depend on the order of files which of two customers with
// the same id is shown by it alone.
func byPlatform(reports []*FileReport) []*FileReport {
	first := ""
	several := slices.ContainsFunc(reports, func(r *FileReport) bool {
		platform := r.Recognition.claims()
		first = cmp.Or(first, platform)
		return platform != "" && platform != first
	})
	if !several {
		return reports
	}
	out := slices.Clone(reports)
	slices.SortStableFunc(out, func(a, b *FileReport) int {
		return cmp.Compare(a.Recognition.claims(), b.Recognition.claims())
	})
	return out
}

// claimedBefore notes a file of an earlier load that knows customers by ids of a
// platform, by the format it was read as.
func (l *loader) claimedBefore(file int32, format string) {
	formats := l.req.Formats
	if formats == nil {
		formats = BuiltinFormats()
	}
	i := slices.IndexFunc(formats.list, func(f *Format) bool { return f.Name == format || f.Title == format })
	if i >= 0 && formats.list[i].Platform != "" {
		l.claimants = append(l.claimants, claimant{file, formats.list[i].Platform})
	}
}

// scope tells the customers of a file from those whom other platforms give the same
// ids. Files of one platform, and of none that is known, are not looked at.
func (l *loader) scope(ctx context.Context, r *FileReport, t table) error {
	platform := r.Recognition.claims()
	if platform == "" {
		return nil
	}
	others := slices.Clone(l.claimants)
	l.claimants = append(l.claimants, claimant{r.Key, platform})
	if !slices.ContainsFunc(others, func(c claimant) bool { return c.platform != platform }) {
		return nil
	}
	files, platforms := make([]int32, len(others)), make([]string, len(others))
	for i, c := range others {
		files[i], platforms[i] = c.file, c.platform
	}
	args := duck.Args{"file_key": r.Key, "platform": platform, "files": files, "platforms": platforms}
	claimed := duck.Call{Name: "load/claimed", Args: args, Idents: t.idents()}
	if l.staged {
		claimed.Parts = map[string]duck.Call{"load/claims": {Name: "load/claims_staged"}}
	}
	if err := l.exec(ctx, claimed); err != nil {
		return err
	}
	res, err := l.tx.Query(ctx, duck.Call{Name: "load/count_claimed"})
	if err != nil {
		return err
	}
	n, _ := res.Rows[0][0].(int64)
	example, _ := res.Rows[0][1].(string)
	if n == 0 {
		return nil
	}
	for _, c := range []duck.Call{
		{Name: "load/scope_rows", Args: args, Idents: t.idents()},
		{Name: "load/scope_identities", Args: args},
		{Name: "load/scope_referrals", Args: args},
	} {
		if err := l.exec(ctx, c); err != nil {
			return err
		}
	}
	r.Warnings = append(r.Warnings, i18n.T("%d customer {id names|ids name} somebody else on another platform; these customers are shown with the platform before their id, such as %s", n, platform+" "+example))
	return nil
}
