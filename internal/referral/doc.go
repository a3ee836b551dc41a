// Package referral turns statements of who brought whom into a forest, and the
// forest into credit for word of mouth. It is pure: keys and numbers in, numbers
// out.
//
// # The forest
//
// [Build] gives everybody at most one parent. Statements ([Edge]) that cannot
// count are refused first: people who refer themselves, rejected and pending
// ones, referrers who are no customers, referrals later than the first paid
// order. The others are taken in the order of their times: one that names
// somebody who has a parent already is superseded, one that would close a circle
// is refused. So the earliest valid statement wins, and a circle is cut at its
// latest statement. A referrer nobody knows becomes a node of its own, a stub,
// worth nothing itself; somebody nobody knows who was referred is kept only if
// people who are known descend from them. Every refused statement is listed with
// the reason.
//
// Nodes are numbered in pre-order: a parent comes before its children, and the
// people below node i are the nodes i+1 to i+Size(i)-1. Siblings stand in the
// order in which the people were given, stubs last. Nothing depends on the order
// of the statements.
//
// # The credit
//
// [Forest.Credit] adds up, for every node, over those below it. With v the value
// that counts, g the generations between, λ and θ shares from 0 to 1:
//
//	direct value   Σ v of those brought in directly
//	brought        Σ v of everybody below
//	influence      Σ λ^g · v of everybody below
//	conserved      (1-θ)·T, for a root T, where T = v + θ · Σ T of the children
//	referral       conserved less own value: credited in, less passed up
//	CRV            Σ of the children: p1·(v-keep) + acquisition cost saved - reward
//
// Conserved credit shares out one total: over everybody it is the sum of the own
// values, whatever the forest, and the referral parts sum to zero. Influence
// counts the same value once for everybody above it. The two answer different
// questions and must not be added. CRV is the customer referral value of Kumar,
// Petersen and Leone for one generation, with p1 the share of referred customers
// who would not have come by themselves.
//
// # The view
//
// A [View] is the forest as lines of a tree that opens and closes: it knows which
// lines are seen without walking what is closed, so that it answers within
// milliseconds at a million open nodes.
//
// # What it does not do
//
// It reads no files and resolves no identities: one person is one key before
// edges come here. It computes no commissions: credit measures value, it is
// nobody's pay, and pay by what people further down bring is illegal in places.
// A [Forest] does not change and may be read from several goroutines; a [Credit]
// or a [View] belongs to one at a time. Nothing recurses, so no chain is too long.
package referral
