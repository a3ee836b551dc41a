package clv

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkPeer fits and scores a million customers here and in lifetimes for
// Python, one after the other, and reports how many times longer lifetimes takes.
// It is skipped where lifetimes is not installed.
func BenchmarkPeer(b *testing.B) {
	python, err := exec.LookPath("python3")
	if err != nil {
		b.Skip("python3 is not installed")
	}
	if err := exec.CommandContext(b.Context(), python, "-c", "import lifetimes").Run(); err != nil {
		b.Skip("lifetimes for Python is not installed")
	}
	groups, spend := peerCustomers()
	path := filepath.Join(b.TempDir(), "customers.csv")
	writePeer(b, path, groups, spend)
	for b.Loop() {
		ours := peerSeconds(b, groups, spend)
		theirs := lifetimesSeconds(b, python, path)
		for step, seconds := range theirs {
			own := ours[step]
			b.ReportMetric(own, step+"-worth-s")
			b.ReportMetric(seconds, step+"-lifetimes-s")
			b.ReportMetric(seconds/own, step+"-times")
		}
	}
}

// peerCustomers are a million customers, each with a mean spend of their own.
func peerCustomers() ([]Group, []SpendGroup) {
	draw := newSimulator(BGNBD, exactBG, 5)
	groups := benchGroups()
	spend := make([]SpendGroup, 0, benchCustomers)
	for _, g := range groups {
		for range g.N {
			m := 0.0
			if g.X > 0 {
				m = draw.gamma(exactSpend.P*float64(g.X)) / float64(g.X) * exactSpend.V / draw.gamma(exactSpend.Q)
			}
			spend = append(spend, SpendGroup{g.X, m, 1})
		}
	}
	return groups, spend
}

func writePeer(b *testing.B, path string, groups []Group, spend []SpendGroup) {
	b.Helper()
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "x,t_x,t_cal,m_x")
	i := 0
	for _, g := range groups {
		for range g.N {
			fmt.Fprintf(w, "%d,%g,%g,%g\n", g.X, g.TX, g.T, spend[i].M)
			i++
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}

// peerSeconds does here what the script does.
func peerSeconds(b *testing.B, groups []Group, spend []SpendGroup) map[string]float64 {
	b.Helper()
	seconds := map[string]float64{}
	timed := func(step string, do func() error) {
		start := time.Now()
		if err := do(); err != nil {
			b.Fatal(err)
		}
		seconds[step] = time.Since(start).Seconds()
	}
	ctx := context.Background()
	var fitted *Fitted
	var money SpendFit
	timed("bg-nbd", func() (err error) { fitted, err = Fit(ctx, BGNBD, groups, FitOptions{}); return err })
	seconds["bg-nbd-grouped"] = seconds["bg-nbd"]
	timed("gamma-gamma", func() (err error) { money, err = FitSpend(ctx, spend); return err })
	p, err := fitted.Purchases()
	if err != nil {
		b.Fatal(err)
	}
	timed("score", func() error {
		_, err := Scores(ctx, p, &money.Spend, groups, Terms{Margin: 1, Discount: 0.1, Horizon: 12, Unit: 1})
		return err
	})
	return seconds
}

// lifetimesSeconds runs the script on the same customers.
func lifetimesSeconds(b *testing.B, python, path string) map[string]float64 {
	b.Helper()
	text, err := exec.CommandContext(b.Context(), python, filepath.Join("peer", "customers.py"), path).Output()
	if err != nil {
		b.Fatal(err)
	}
	var out struct {
		Seconds map[string]float64 `json:"seconds"`
	}
	if err := json.Unmarshal(text, &out); err != nil {
		b.Fatal(err)
	}
	return out.Seconds
}
