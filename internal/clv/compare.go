package clv

import (
	"cmp"
	"math"
	"slices"
)

// Candidate is a fitted model among others fitted on the same data in the same
// unit of time.
type Candidate struct {
	Model         Model
	LogLikelihood float64
	Params        int // free parameters
	N             int // customers
}

// Comparison is a candidate with its information criteria. AIC and BIC rank models
// by fit less complexity; what they do in a holdout is Evaluate's to say.
type Comparison struct {
	Candidate
	AIC    float64 // 2k − 2·lnL, smaller is better
	BIC    float64 // k·ln n − 2·lnL
	Delta  float64 // AIC above that of the best
	Weight float64 // Akaike weight, 0–1: the candidates' weights sum to 1
}

// Compare returns the candidates with their criteria, the smallest AIC first and
// equal ones in the order given. It leaves candidates as they are.
func Compare(candidates []Candidate) []Comparison {
	rows := make([]Comparison, len(candidates))
	best := math.Inf(1)
	for i, c := range candidates {
		k := float64(c.Params)
		rows[i] = Comparison{Candidate: c, AIC: 2*k - 2*c.LogLikelihood, BIC: k*math.Log(float64(c.N)) - 2*c.LogLikelihood}
		best = math.Min(best, rows[i].AIC)
	}
	var total float64
	for i := range rows {
		rows[i].Delta = rows[i].AIC - best
		rows[i].Weight = math.Exp(-rows[i].Delta / 2)
		total += rows[i].Weight
	}
	for i := range rows {
		rows[i].Weight /= total
	}
	slices.SortStableFunc(rows, func(a, b Comparison) int { return cmp.Compare(a.AIC, b.AIC) })
	return rows
}
