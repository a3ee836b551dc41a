package intake

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"worth/internal/i18n"
)

// Kind is what the rows of a file are about.
type Kind string

// The kinds of files, each with its vocabulary in synonyms/<kind>.yaml.
const (
	Orders          Kind = "orders"           // one row per order or per line; rows with one order_id roll up
	OrderLines      Kind = "order_lines"      // lines without date or customer, which belong to orders of another file
	Customers       Kind = "customers"        // one row per customer
	Products        Kind = "products"         // one row per product
	Refunds         Kind = "refunds"          // one row per refund
	Referrals       Kind = "referrals"        // who brought in whom
	Interactions    Kind = "interactions"     // views, shares, reviews, tickets, redemptions
	Spend           Kind = "spend"            // what a channel cost in a period
	Campaigns       Kind = "campaigns"        // one row per campaign
	CampaignMembers Kind = "campaign_members" // who was in a campaign
)

// Kinds lists every kind; of two that fit a file equally, the earlier is meant.
func Kinds() []Kind {
	return []Kind{Orders, OrderLines, Customers, Products, Refunds, Referrals, Interactions, Spend, Campaigns, CampaignMembers}
}

// ParseKind returns the kind with that name, or an error naming the kinds.
func ParseKind(name string) (Kind, error) {
	kind := Kind(strings.ToLower(strings.TrimSpace(name)))
	if slices.Contains(Kinds(), kind) {
		return kind, nil
	}
	names := make([]string, 0, len(Kinds()))
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return "", i18n.Errorf("--map: there is no kind of file %q; the kinds are %s", name, strings.Join(names, ", "))
}

// Type is how the cells of a field are read.
type Type string

// The types of fields.
const (
	TypeID      Type = "id"      // NormaliseID
	TypeText    Type = "text"    // as it stands, trimmed
	TypeDate    Type = "date"    // DateReading
	TypeAmount  Type = "amount"  // AmountReading
	TypeInteger Type = "integer" // a count; read as an amount, decimals allowed
	TypeStatus  Type = "status"  // ClassifyStatus
)

// Level says what an amount of an orders file belongs to when several rows have
// the same order_id.
type Level string

// The levels of amounts.
const (
	PerOrder Level = "order" // repeated on (or only on the first of) an order's rows: count it once
	PerRow   Level = "row"   // each row's own: add them up
)

// FieldSpec describes one canonical field. It is data: synonyms/fields.yaml.
type FieldSpec struct {
	Name  Field  `yaml:"name"`
	Type  Type   `yaml:"type"`
	Level Level  `yaml:"level"` // of amounts in orders files; empty otherwise
	Doc   string `yaml:"doc"`   // one English sentence, a key for i18n.T
}

// FieldInfo returns the description of f and whether there is such a field.
func FieldInfo(f Field) (FieldSpec, bool) {
	v := vocabulary()
	i, known := v.fieldIndex[f]
	if !known {
		return FieldSpec{}, false
	}
	return v.fields[i], true
}

// AllFields lists every field in the order of fields.yaml.
func AllFields() []Field {
	v := vocabulary()
	out := make([]Field, len(v.fields))
	for i, f := range v.fields {
		out[i] = f.Name
	}
	return out
}

// FieldsOf lists the fields a file of that kind can have, in the order of its
// synonyms file; nil for an unknown kind.
func FieldsOf(kind Kind) []Field {
	words := vocabulary().kinds[kind]
	if words == nil {
		return nil
	}
	out := make([]Field, len(words.Fields))
	for i, f := range words.Fields {
		out[i] = f.Name
	}
	return out
}

// kindWords is one synonyms/<kind>.yaml.
type kindWords struct {
	Kind Kind `yaml:"kind"`
	// Needs are groups of fields; a file of this kind has one field of each group.
	Needs [][]Field `yaml:"needs"`
	// Signs are fields that speak for this kind, with their weight.
	Signs  map[Field]int `yaml:"signs"`
	Fields []fieldWords  `yaml:"fields"`

	lookup map[string]hit // normalised header → field
}

// fieldWords are the header names of one field, the best first.
type fieldWords struct {
	Name   Field    `yaml:"name"`
	Sure   []string `yaml:"sure"`   // names that mean nothing else
	Likely []string `yaml:"likely"` // names that often mean it; the data must agree
}

// hit is what a header name means in a file of one kind.
type hit struct {
	field Field
	sure  bool
	rank  int // position among the field's names; smaller is better
}

// words is the whole vocabulary.
type words struct {
	fields     []FieldSpec
	fieldIndex map[Field]int
	units      []string // bracketed words that are no part of a header name
	kinds      map[Kind]*kindWords
	status     statusWords
	anyName    map[string]bool // every normalised name of every kind
}

//go:embed synonyms/*.yaml
var synonymFiles embed.FS

// vocabulary reads the embedded word lists once. They are part of the program,
// tested as such, so a broken one is a programming error.
var vocabulary = sync.OnceValue(func() *words {
	v, err := readVocabulary()
	if err != nil {
		panic(err)
	}
	return v
})

func readVocabulary() (*words, error) {
	var table struct {
		Units  []string    `yaml:"units"`
		Fields []FieldSpec `yaml:"fields"`
	}
	if err := readYAML("fields", &table); err != nil {
		return nil, err
	}
	v := &words{
		fields: table.Fields, units: table.Units,
		fieldIndex: map[Field]int{}, kinds: map[Kind]*kindWords{}, anyName: map[string]bool{},
	}
	for i, f := range v.fields {
		v.fieldIndex[f.Name] = i
	}
	for _, kind := range Kinds() {
		k := &kindWords{}
		if err := readYAML(string(kind), k); err != nil {
			return nil, err
		}
		if err := k.index(v); err != nil {
			return nil, err
		}
		v.kinds[kind] = k
	}
	if err := readYAML("status", &v.status); err != nil {
		return nil, err
	}
	return v, v.status.index()
}

func readYAML(name string, into any) error {
	text, err := synonymFiles.ReadFile("synonyms/" + name + ".yaml")
	if err != nil {
		return fmt.Errorf("synonyms %s: %w", name, err)
	}
	if err := yaml.UnmarshalWithOptions(text, into, yaml.Strict()); err != nil {
		return fmt.Errorf("synonyms %s: %w", name, err)
	}
	return nil
}

// index builds the lookup and refuses names that mean two things.
func (k *kindWords) index(v *words) error {
	k.lookup = map[string]hit{}
	for _, f := range k.Fields {
		if _, known := v.fieldIndex[f.Name]; !known {
			return fmt.Errorf("synonyms %s: unknown field %s", k.Kind, f.Name)
		}
		for rank, name := range slices.Concat(f.Sure, f.Likely) {
			key := normaliseWith(name, v.units)
			earlier, twice := k.lookup[key]
			switch {
			case twice && earlier.field == f.Name:
				continue // another spelling of a name that normalises alike
			case twice:
				return fmt.Errorf("synonyms %s: %q means both %s and %s", k.Kind, name, earlier.field, f.Name)
			}
			k.lookup[key] = hit{field: f.Name, sure: rank < len(f.Sure), rank: rank}
			v.anyName[key] = true
		}
	}
	return nil
}
