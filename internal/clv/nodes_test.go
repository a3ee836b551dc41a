package clv

import (
	"context"
	"math"
	"strings"
	"testing"
)

// TestNodesError checks what is known of the worst error over the CDNOW customers,
// every horizon to ten years: c = 39 weeks needs 7 nodes for 1e-6 and 8 for 2e-7.
func TestNodesError(t *testing.T) {
	groups := groupsOf(readSample(t))
	bg, ten := mustNew(t, BGNBD, exactBG...), lasting(120, 0)
	check := newNodesCheck(bg, groups, ten)
	for k, most := range map[int]float64{6: 1.1e-5, 7: 1e-6, 8: 1.7e-7} {
		got := check.worst(bg, newNodes(39, ten.End(), k))
		if !(got <= most && got >= most/20) {
			t.Errorf("%d nodes are off by %.2g, want at most %.2g and not much less", k, got, most)
		}
	}
	for _, p := range models(t) {
		nodes, err := ChooseNodes(p, groups, ten)
		if err != nil {
			t.Fatal(err)
		}
		if !(nodes.Error < nodesError) {
			t.Errorf("%v: %d nodes are off by %.2g", p.Model(), len(nodes.Times), nodes.Error)
		}
		t.Logf("%v: %d nodes, error %.2g", p.Model(), len(nodes.Times), nodes.Error)
	}
}

// TestNodesHoldElsewhere chooses nodes for parameters far from CDNOW's, and for
// histories from new to ten years, and compares values with direct ones.
func TestNodesHoldElsewhere(t *testing.T) {
	groups := historyGrid()
	for _, params := range [][]float64{{.24, .3, .8, 2.4}, {.24, 4.4, .5, .4}, {2, 30, 1, 5}, {.05, 1, 5, .2}} {
		bg := mustNew(t, BGNBD, params...)
		nodes, err := ChooseNodes(bg, groups, lasting(120, 0))
		if err != nil {
			t.Fatal(err)
		}
		curves, err := NewCurves(context.Background(), bg, nodes, groups)
		if err != nil {
			t.Fatal(err)
		}
		for _, terms := range []Terms{lasting(1, 0), lasting(5.5, 0.2), lasting(12, 0.1), lasting(120, 0.1), lasting(97, 10)} {
			weights, err := nodes.Weights(terms)
			if err != nil {
				t.Fatal(err)
			}
			for i, g := range groups {
				near(t, "discounted orders by nodes", Dot(weights, curves.Of(i)), DiscountedOrders(bg, g.History, terms), 2e-7)
			}
		}
	}
}

// historyGrid returns histories of all ages, in weeks.
func historyGrid() []Group {
	var groups []Group
	for _, age := range []float64{0, 0.2, 1, 5, 20, 52, 200, 520} {
		for _, x := range []int{0, 1, 3, 20, 300} {
			if x == 0 || age > 0 {
				last := age * float64(x) / float64(x+1)
				groups = append(groups, Group{History{x, last, age}, 1})
			}
		}
	}
	return groups
}

// TestCurvesAddUp: the curve of a segment gives the sum of its customers' orders,
// at a node and between nodes.
func TestCurvesAddUp(t *testing.T) {
	groups := historyGrid()
	mbg := mustNew(t, MBGNBD, exactMBG...)
	nodes, err := ChooseNodes(mbg, groups, lasting(60, 0))
	if err != nil {
		t.Fatal(err)
	}
	curves, err := NewCurves(context.Background(), mbg, nodes, groups)
	if err != nil {
		t.Fatal(err)
	}
	segment := make([]float64, len(nodes.Times))
	for i := range groups {
		curves.Add(segment, i, 1.5)
	}
	for _, at := range []float64{0, nodes.Times[0] / 3, nodes.Times[4], 39, nodes.Times[len(nodes.Times)-1]} {
		var want float64
		for _, g := range groups {
			want += 1.5 * mbg.Expected(g.History, at)
		}
		if got := Dot(nodes.At(at), segment); math.Abs(got-want) > 2e-7*want+1e-12 {
			t.Errorf("orders until %v sum to %v, want %v", at, got, want)
		}
	}
}

func TestNodesRefuse(t *testing.T) {
	bg := mustNew(t, BGNBD, exactBG...)
	nodes, err := ChooseNodes(bg, nil, lasting(24, 0))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := nodes.Weights(lasting(36, 0)); err == nil || !strings.Contains(err.Error(), "end at 24") {
		t.Errorf("a horizon beyond the nodes says %v", err)
	}
	if _, err := nodes.Weights(lasting(0, 0)); err == nil {
		t.Error("a horizon of 0 is not refused")
	}
	if _, err := ChooseNodes(bg, nil, lasting(12, -1)); err == nil {
		t.Error("a discount of −100 % is not refused")
	}
}
