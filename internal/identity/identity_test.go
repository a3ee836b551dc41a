package identity

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestKey(t *testing.T) {
	for _, c := range []struct {
		kind        Kind
		value, want string
	}{
		{Email, " Ann.Lee@Example.COM ", "ann.lee@example.com"},
		{Email, "ann.lee", ""},
		{Email, "@", ""},
		{Phone, "13800138000", "13800138000"},
		{Phone, "+86 138 0013 8000", "13800138000"},
		{Phone, "0086-138-0013-8000", "13800138000"},
		{Phone, "8613800138000", "13800138000"},
		{Phone, "+49 (170) 123 456", "49170123456"},
		{Phone, "0049170123456", "49170123456"},
		{Phone, "00000000000", ""},
		{Phone, "110", ""},
		{Phone, "n/a", ""},
		{MemberNo, " M-0042 ", "M-0042"},
		{MemberNo, "", ""},
		{"customer id", "42", ""},
	} {
		if got := Key(c.kind, c.value); got != c.want {
			t.Errorf("Key(%s, %q) is %q, not %q", c.kind, c.value, got, c.want)
		}
	}
}

// Who is one does not depend on the order in which links are told.
func TestUnionInAnyOrder(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 9))
	type link struct{ id, link int64 }
	for range 50 {
		var links []link
		for range 60 {
			links = append(links, link{dice.Int64N(40), dice.Int64N(25) - 5})
		}
		var want map[int64]int64
		for range 5 {
			dice.Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
			var u Union
			for _, l := range links {
				u.Link(l.id, l.link)
			}
			got := map[int64]int64{}
			if err := u.Each(func(id, person int64) error { got[id] = person; return nil }); err != nil {
				t.Fatal(err)
			}
			for id, person := range got {
				if got[person] != person || person > id {
					t.Fatalf("%d is of %d, which is of %d", id, person, got[person])
				}
			}
			if want == nil {
				want = got
			}
			if len(want) != len(got) {
				t.Fatalf("%v, then %v", want, got)
			}
			for id, person := range want {
				if got[id] != person {
					t.Fatalf("%v, then %v", want, got)
				}
			}
		}
	}
}

func TestUnionLeavesOutTheLone(t *testing.T) {
	var u Union
	for _, l := range [][2]int64{{1, 100}, {2, 101}, {3, 101}, {4, 102}, {2, 103}, {5, 103}} {
		u.Link(l[0], l[1])
	}
	var got []int64
	if err := u.Each(func(id, person int64) error {
		if person != 2 {
			t.Errorf("%d is of %d", id, person)
		}
		got = append(got, id)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, []int64{2, 3, 5}) {
		t.Errorf("the persons of several ids are %v", got)
	}
}

func TestScore(t *testing.T) {
	for _, c := range []struct {
		name string
		e    Evidence
		want float64
	}{
		{"nothing", Evidence{}, 0},
		{"a name is not enough", Evidence{SameName: true}, 0.45},
		{"name and city are", Evidence{SameName: true, SameCity: true}, 0.6},
		{"unless the e-mail is another", Evidence{SameName: true, SameCity: true, OtherEmail: true}, 0.35},
		{"a typo in the domain is", Evidence{TypoEmail: true}, 0.6},
		{"two birthdays are two people", Evidence{SameName: true, SameCity: true, NearEmail: true, OtherBirth: true}, 0.35},
		{"never above 1", Evidence{SameName: true, SameCity: true, SameBirth: true, TypoEmail: true, NearPhone: true}, 1},
		{"never below 0", Evidence{OtherBirth: true, OtherPhone: true}, 0},
	} {
		if got := Score(c.e); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, not %v", c.name, got, c.want)
		}
		if len(Reasons(c.e)) == 0 && c.e != (Evidence{}) {
			t.Errorf("%s: no reasons", c.name)
		}
	}
}
