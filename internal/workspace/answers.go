package workspace

import (
	"time"

	"worth/internal/tabular"
)

// Header is what the top line of every page says.
type Header struct {
	Name      string    // of the workspace
	Customers int64     // with at least one counted order
	Orders    int64     // counted
	AsOf      time.Time // day
	Basis     Basis
	Currency  string // ISO code of the money that counts, empty when the data have none
	Apart     int64  // orders set aside for being in other currencies
	Scheme    string
	Window    int // months, 0: all history
	TimeZone  string
	Channels  bool // anything is said of channels or campaigns
}

// Overview is the first answer: what the customers brought, and how unevenly.
type Overview struct {
	Customers        int64           `json:"customers"` // with at least one counted order
	Orders           int64           `json:"orders"`    // counted, of anybody
	NetRevenue       tabular.Decimal `json:"net_revenue"`
	AOV              *float64        `json:"aov"`                // net revenue per counted order
	MedianAOV        *float64        `json:"median_aov"`         // median net revenue of counted orders
	ValuePerCustomer *float64        `json:"value_per_customer"` // net revenue of customers per customer
	RepeatRate       *float64        `json:"repeat_rate"`        // share of customers with two orders or more, 0–1
	Gini             *float64        `json:"gini"`               // of net revenue over customers, 0–1
	Top20Share       *float64        `json:"top_20_share"`       // net revenue share of the best 20 % of customers, 0–1
	AsOf             string          `json:"as_of"`              // ISO date

	MedianValue       *float64        `json:"median_value"`         // median net revenue per customer
	ActiveCustomers   int64           `json:"active_customers"`     // with an order in the 365 days up to as-of
	PersonsNoOrder    int64           `json:"persons_no_order"`     // known by name, without a counted order
	AnonymousOrders   int64           `json:"anonymous_orders"`     // counted orders that name nobody
	AnonymousRevenue  float64         `json:"anonymous_revenue"`    // their net revenue
	RevenueYear       float64         `json:"revenue_12mo"`         // of the 365 days up to as-of
	RevenueYearBefore float64         `json:"revenue_12mo_before"`  // of the 365 days before those
	ClampedCustomers  int64           `json:"clamped_customers"`    // negative net revenue, counted as 0 in the Gini
	FirstOrder        string          `json:"first_order"`          // ISO date
	LastOrder         string          `json:"last_order"`           // ISO date, at most as-of
	ExpectedOrders    *float64        `json:"expected_orders"`      // of all customers within the horizon; nil without a fitted model
	ExpectedValue     *float64        `json:"expected_value"`       // their discounted value, customer equity; nil without one
	MedianCLV         *float64        `json:"median_clv"`           // of it, per customer
	EightyPercentFrom *float64        `json:"share_for_80"`         // smallest share of customers that brings 80 % of net revenue
	Currency          string          `json:"currency,omitempty"`   // of all money; empty when no order names one
	Currencies        []CurrencyTotal `json:"currencies,omitempty"` // where there are several, what each brought
	Warnings          []string        `json:"warnings,omitempty"`
	Top1, Top5, Top10 *float64        `json:"-"` // net revenue shares of the best 1, 5 and 10 %
}

// Period is one month of the revenue series.
type Period struct {
	Month      time.Time // first day
	Orders     int64     // counted
	Customers  int64     // with a counted order in the month
	New        int64     // whose first counted order it was
	NetRevenue float64
}

// CurvePoint is one point of the concentration curve: the share of net revenue
// (0–1) that the best Customers share (0–1) of customers brings.
type CurvePoint struct{ Customers, NetRevenue float64 }

// Segment is one row of the segment table.
type Segment struct {
	Segment         string          `json:"segment"`
	Customers       int64           `json:"customers"`
	CustomerShare   float64         `json:"customer_share"` // 0–1
	NetRevenue      tabular.Decimal `json:"net_revenue"`
	NetRevenueShare float64         `json:"net_revenue_share"` // 0–1
	RecencyDays     *float64        `json:"recency_days"`      // mean days since the last order; nil without customers
	Orders          *float64        `json:"orders"`            // mean counted orders per customer; nil without customers
	AOV             *float64        `json:"aov"`               // net revenue per counted order; nil without customers
	ExpectedOrders  *float64        `json:"expected_orders"`   // within the horizon; nil, as are the predictions below, without a fitted model
	Historic        *float64        `json:"historic"`          // value so far, on the basis of the settings; nil when it is unknown
	Predicted       *float64        `json:"predicted"`         // value expected within the horizon
	Referral        *float64        `json:"referral"`          // credited less passed up; nil without referrals
	Cost            *float64        `json:"cost"`              // of winning those of whom it is known; nil for none
	Value           *float64        `json:"value"`             // historic + predicted + referral − cost
	CLVMean         *float64        `json:"clv_mean"`          // predicted per customer
	CLVMedian       *float64        `json:"clv_median"`

	Title   string `json:"-"` // in the reader's language
	Meaning string `json:"-"` // one sentence
}

// Unmatched is the name of the row of customers no segment of a scheme takes.
const Unmatched = "Unmatched"

// Cell is one cell of the R × F heat map: R and F are scores, 5 best.
type Cell struct {
	R, F       int
	Customers  int64
	NetRevenue float64
}

// Customer is everything about one person.
type Customer struct {
	Fields      tabular.Table // one row: the columns of derived.customers
	Person      tabular.Table // one row: name, e-mail, phone, … (personal columns marked)
	Identities  tabular.Table // keys the person is known by
	Orders      tabular.Table // newest first
	OrderKeys   []int64       // of the rows of Orders, for OrderLines
	Signals     tabular.Table // what the person did beside buying, a row a kind; see Signal
	Percentiles []Percentile  // of R, F and M; none for a person who is not scored
}

// Percentile places one measure of a customer among all customers.
type Percentile struct {
	Measure string  // recency_days, orders, net_revenue
	Score   int     // 1–5
	Value   float64 // in the measure's own unit
	Below   float64 // share of customers who are worse, 0–1
}

// View asks for a part of the customers grid.
type View struct {
	Segment string // a segment's name, Unmatched, or empty for all
	R, F    int    // scores, 0 for any
	Among   Among  // people whom no column tells apart; zero for all
	Filter  string // a filter expression, see ParseFilter; empty for none
	Sort    string // a column's name; empty for net revenue, best first
	Desc    bool
}

// Progress says how far a long step is.
type Progress struct {
	Step    string  // in the reader's language
	File    string  // the file it works on, if any
	Share   float64 // of the whole, 0–1
	Waiting bool    // nothing is done until another program lets go of the file; Step says which
}

// FileReport is what became of one file.
type FileReport struct {
	File        string          `json:"file"`
	Kind        string          `json:"kind"` // orders, customers, …
	Format      string          `json:"format"`
	Encoding    string          `json:"encoding"`         // of text, before it was decoded
	Member      string          `json:"member,omitempty"` // the file in an archive, or [sheet], that this is of File
	Sheet       string          `json:"sheet,omitempty"`  // of a workbook
	Rows        int64           `json:"rows"`
	Kept        int64           `json:"kept"`
	Rejected    int64           `json:"rejected"`
	FirstReject *Reject         `json:"first_reject,omitempty"` // of a file just loaded
	Credits     int64           `json:"credits"`                // rows netted against revenue
	Excluded    int64           `json:"excluded"`               // cancelled, unpaid, void
	Duplicates  int64           `json:"duplicates"`             // rows that repeat an order already seen
	DateMin     *string         `json:"date_min"`               // ISO date
	DateMax     *string         `json:"date_max"`               // ISO date
	NetRevenue  tabular.Decimal `json:"net_revenue"`            // in Currency, in which most orders are; the warnings list others
	Currency    string          `json:"currency,omitempty"`     // ISO code
	Mapping     []Mapped        `json:"mapping"`
	Unmapped    []string        `json:"unmapped"` // columns nothing was made of
	Warnings    []string        `json:"warnings"`
	Already     bool            `json:"already_loaded"` // recognised by its hash and left out
	Questions   []Question      `json:"questions,omitempty"`
	Conversions []Conversion    `json:"conversions,omitempty"`         // what was done to cells, column by column
	Looked      int64           `json:"conversions_in_rows,omitempty"` // rows they were counted in, from the top; 0: all
	Formats     []KnownFormat   `json:"known_formats"`                 // the two that fit best, the best first; fewer when fewer fit

	Columns  []string `json:"-"` // all columns of the file, in file order
	Evidence []string `json:"-"` // sentences: how the file was found to be read
}

// KnownFormat is an export that the program knows and a file fits.
type KnownFormat struct {
	Name     string  `json:"name"` // as --map format=… takes it
	Title    string  `json:"title"`
	Language string  `json:"language"` // in which the columns are named
	Score    float64 `json:"score"`    // share of the format's columns that the file has, 0–1
	Taken    bool    `json:"taken"`    // the file is read as this
}

// Title names the file for people, with the part of it that the report is of.
func (f *FileReport) Title() string {
	if f.Member == "" {
		return f.File
	}
	return f.File + ": " + f.Member
}

// Conversion is something that was done to cells of a column to make values of them.
type Conversion struct {
	Column   string   `json:"column"` // empty for all cells of a sheet
	Rule     string   `json:"rule"`   // currency, thousands, serial …
	Cells    int64    `json:"cells"`
	Examples []string `json:"examples"` // one or two cells as the file has them; none of what names people

	Text string `json:"-"` // what was done, in the reader's language
}

// Mapped says which column of a file became which canonical column.
type Mapped struct {
	Field  string `json:"field"`
	Column string `json:"column"`
	Sure   bool   `json:"sure"` // false: guessed from likeness or content
}

// Question is a canonical column the recogniser would rather ask about.
type Question struct {
	Field      string   `json:"field"`
	Candidates []string `json:"candidates"` // column names, likeliest first
	Needed     bool     `json:"needed"`     // the file cannot be loaded without it
	Reason     string   `json:"reason"`     // a sentence: why it is asked
}

// LoadReport is what became of a whole load.
type LoadReport struct {
	Files                   []FileReport    `json:"files"`
	Customers               int64           `json:"customers"`
	Orders                  int64           `json:"orders"`
	NetRevenue              tabular.Decimal `json:"net_revenue"`
	IdentityCoverageOrders  *float64        `json:"identity_coverage_orders"`  // share of counted orders with a person, 0–1
	IdentityCoverageRevenue *float64        `json:"identity_coverage_revenue"` // share of net revenue with a person, 0–1
	Currency                string          `json:"currency,omitempty"`        // of NetRevenue; empty when no order names one
	Currencies              []CurrencyTotal `json:"currencies,omitempty"`      // where there are several, what each brought
	Warnings                []string        `json:"warnings,omitempty"`        // of the whole; those of files stand with them
}

// LoadRequest says what to load and how.
type LoadRequest struct {
	Sources   []string          // files, folders, globs
	Map       map[string]string // canonical field → column; overrides recognition
	DateOrder string            // dmy, mdy, ymd or empty
	Delimiter string            // overrides detection
	Encoding  string            // of text files, overrides detection
	Sheet     string            // of workbooks, by name or number; empty proposes
	// ArchiveBytes is what an archive or a workbook may hold after decompression, and
	// ArchiveRatio how many times its size; 0 for the limits of decode.DefaultLimits.
	ArchiveBytes, ArchiveRatio int64
	// MapFile overrides Map for single files, by path, or parts of them, by title; set
	// by the mapping form, as is Read, which overrides how files are read, by path.
	MapFile map[string]map[string]string
	Read    map[string]ReadOptions
	// Replay reads all files of the workspace anew, as they were read before but for
	// what MapFile and Read say; Sources is not looked at.
	Replay bool
}

// Quality is what the data are worth: how much of them can be used.
type Quality struct {
	Files                   []FileReport
	Orders                  int64 // loaded, in the currency of the analysis or converted into it
	Counted                 int64
	Credits                 int64
	CreditRevenue           float64
	Refunded                int64
	Excluded                int64
	ZeroAmount              int64
	Anonymous               int64
	Duplicates              int64
	Rejected                int64
	Persons                 int64
	Merged                  int64           // ids that are one person's with another, beside the one that is shown
	Spanning                int64           // persons who bought on several platforms
	SpanningRevenue         *float64        // share of the net revenue of counted orders of known persons that is theirs, 0–1; nil on one platform
	IdentityCoverageOrders  *float64        // 0–1
	IdentityCoverageRevenue *float64        // 0–1
	RefundShare             *float64        // refunds and credits ÷ gross, 0–1
	Currency                string          // of the money that counts; empty when no order names one
	Currencies              []CurrencyTotal // where there are several, what each brought
	Apart                   int64           // purchases set aside for their currency
	FutureOrders            int64           // after the day of loading, set aside from the default as-of
	AfterAsOf               int64           // orders the as-of date leaves out
	DateMin, DateMax        string
	Warnings                []string
}
