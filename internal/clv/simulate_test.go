package clv

import (
	"math"
	"math/rand/v2"
)

// simulator draws customers of a model with known parameters.
type simulator struct {
	model  Model
	params []float64
	rand   *rand.Rand
}

func newSimulator(m Model, params []float64, seed uint64) *simulator {
	return &simulator{m, params, rand.New(rand.NewPCG(seed, 0x9E3779B97F4A7C15))}
}

// gamma draws from Gamma(shape, 1) (Marsaglia & Tsang 2000).
func (s *simulator) gamma(shape float64) float64 {
	if shape < 1 {
		return s.gamma(shape+1) * math.Pow(s.rand.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	for {
		x := s.rand.NormFloat64()
		v := 1 + x/math.Sqrt(9*d)
		if v <= 0 {
			continue
		}
		v *= v * v
		if math.Log(s.rand.Float64()) < x*x/2+d*(1-v+math.Log(v)) {
			return d * v
		}
	}
}

// orders returns the moments of a customer's repeat orders until the time end; the
// first order is at 0.
func (s *simulator) orders(end float64) []float64 {
	p := s.params
	rate := s.gamma(p[0]) / p[1]
	life, leave := math.Inf(1), 0.0
	if s.model == ParetoNBD {
		life = s.rand.ExpFloat64() * p[3] / s.gamma(p[2])
	} else {
		a, b := s.gamma(p[2]), s.gamma(p[3])
		leave = a / (a + b)
	}
	if s.model == MBGNBD && s.rand.Float64() < leave {
		return nil
	}
	var at []float64
	for t := s.rand.ExpFloat64() / rate; t < min(end, life); t += s.rand.ExpFloat64() / rate {
		at = append(at, t)
		if s.rand.Float64() < leave {
			break
		}
	}
	return at
}

// history returns what is known at T of somebody with those orders.
func history(orders []float64, t float64) History {
	h := History{T: t}
	for _, at := range orders {
		if at <= t {
			h.X, h.TX = h.X+1, at
		}
	}
	return h
}

// groups draws n customers seen for least to most units of time.
func (s *simulator) groups(n int, least, most float64) []Group {
	groups := make([]Group, n)
	for i := range groups {
		t := least + (most-least)*s.rand.Float64()
		groups[i] = Group{history(s.orders(t), t), 1}
	}
	return groups
}

// shop draws n customers as a database has them: in whole days, orders of a day
// merged, equal histories together.
func (s *simulator) shop(n, least, most int) []Group {
	var groups []Group
	at := map[History]int{}
	for range n {
		days := least + s.rand.IntN(most-least+1)
		h := History{T: float64(days)}
		for _, t := range s.orders(float64(days)) {
			if day := math.Ceil(t); day > h.TX {
				h.X, h.TX = h.X+1, day
			}
		}
		i, known := at[h]
		if !known {
			i = len(groups)
			at[h] = i
			groups = append(groups, Group{History: h})
		}
		groups[i].N++
	}
	return groups
}
