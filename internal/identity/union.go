package identity

// Union collects which ids are one person's. The zero value is ready to use. It
// is not safe for concurrent use.
type Union struct {
	ids    map[int64]int32 // place of an id in parent
	parent []int32         // of a tree whose root stands for the person
	keys   []int64         // id by place
	links  map[int64]int32 // an id's place by link
}

// Link says that an id takes part in a link: all ids of one link are one person.
func (u *Union) Link(id, link int64) {
	if u.ids == nil {
		u.ids, u.links = map[int64]int32{}, map[int64]int32{}
	}
	at, known := u.ids[id]
	if !known {
		at = int32(len(u.parent)) //nolint:gosec // fewer ids than people on earth
		u.ids[id] = at
		u.parent, u.keys = append(u.parent, at), append(u.keys, id)
	}
	other, linked := u.links[link]
	if !linked {
		u.links[link] = at
		return
	}
	u.join(at, other)
}

// join puts two trees together under the smaller id, so that the outcome does not
// depend on the order of links.
func (u *Union) join(a, b int32) {
	a, b = u.root(a), u.root(b)
	if u.keys[b] < u.keys[a] {
		a, b = b, a
	}
	u.parent[b] = a
}

// root returns the root of a tree and shortens the way to it.
func (u *Union) root(at int32) int32 {
	for u.parent[at] != at {
		u.parent[at] = u.parent[u.parent[at]]
		at = u.parent[at]
	}
	return at
}

// Each calls visit for every id that is one with another, in the order in which
// they were first linked. person is the smallest id of the same person.
func (u *Union) Each(visit func(id, person int64) error) error {
	size := make([]int32, len(u.parent))
	for at := range u.parent {
		size[u.root(int32(at))]++
	}
	for at, id := range u.keys {
		root := u.root(int32(at))
		if size[root] < 2 {
			continue
		}
		if err := visit(id, u.keys[root]); err != nil {
			return err
		}
	}
	return nil
}
