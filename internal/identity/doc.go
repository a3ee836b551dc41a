// Package identity makes one person of the many ids under which exports name
// somebody.
//
// Ids that share an exact key are one person: an e-mail address, a phone, a member
// number. Keys are compared as Key writes them, so that +86 138 0013 8000 and
// 13800138000 are one. A value that is masked, empty or a placeholder is nobody's
// key, and one that more than MostIDs ids share (the phone of a household or of
// the shop itself) joins nobody. What an analyst decided by hand comes on top, and
// pairs that look alike are suggested with a Score.
//
// Guarantees: which ids become one person follows from what is loaded and decided
// as a whole, so the order in which files are loaded does not matter. Every merge
// is written down with its reason in core.merges. The ids of a merged person keep
// their own rows in core.accounts; taking a merge back restores them.
//
// What it does not do: it never joins people by their names, however alike, and it
// does not tell apart the customers of two platforms that use the same customer
// id; ids are one namespace.
package identity
