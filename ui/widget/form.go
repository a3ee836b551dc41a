package widget

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/ui/theme"
)

// FieldKind is what a Field holds.
type FieldKind int

// The kinds of fields. Values are strings in all of them.
const (
	FieldText   FieldKind = iota // any text
	FieldChoice                  // the value of one of the options
	FieldDate                    // a date, typed as 2026-10-31
	FieldNumber                  // a number; only characters of numbers can be typed
	FieldToggle                  // "true" or "false"
)

// Choice is one option of a choice field.
type Choice struct {
	Value string
	Label string // shown; the value when empty
}

// Field is one labelled line of a Form.
type Field struct {
	Key      string // the name its value is asked for
	Label    string
	Kind     FieldKind
	Value    string
	Options  []Choice
	Hint     string                   // in place of an empty text
	Note     string                   // beside the value: what it means, what it was recognised by
	Message  string                   // below: what is wrong with the value
	Check    func(value string) error // nil accepts everything
	Disabled bool                     // shown, but the cursor passes over it
}

// Form is a column of labelled fields worked by keys alone: up and down between
// fields, left and right or enter's list for choices, typing for texts.
type Form struct {
	Theme  theme.Theme
	Fields []Field
	Cursor int // the field worked on

	edit    lineEdit
	editing int // 1 + the field whose text is in edit; 0 for none
	listing bool
	picked  int
	list    scroller
	first   int   // first line drawn
	rows    []int // by line of the last view: the field, −1 for none, −2 − i for option i
}

// FormEvent is what a key press did to a Form.
type FormEvent int

// The events, for the page to act on.
const (
	FormIgnored FormEvent = iota // not a key of the form, such as esc with no list open
	FormMoved                    // the cursor moved or a list opened or closed
	FormChanged                  // a value changed
)

// Value returns the value of the field called key, or "".
func (f *Form) Value(key string) string {
	for _, field := range f.Fields {
		if field.Key == key {
			return field.Value
		}
	}
	return ""
}

// SetValue sets the value of the field called key and reports whether there is
// one.
func (f *Form) SetValue(key, value string) bool {
	for i := range f.Fields {
		if f.Fields[i].Key == key {
			f.Fields[i].Value = value
			f.editing = 0
			return true
		}
	}
	return false
}

// Values returns all values by key.
func (f *Form) Values() map[string]string {
	values := make(map[string]string, len(f.Fields))
	for _, field := range f.Fields {
		values[field.Key] = field.Value
	}
	return values
}

// Validate checks every enabled field, puts what is wrong into its Message,
// moves the cursor to the first one that is wrong, and reports whether none is.
func (f *Form) Validate() bool {
	wrong := -1
	for i := range f.Fields {
		if !f.check(i) && wrong < 0 {
			wrong = i
		}
	}
	if wrong >= 0 {
		f.goTo(wrong)
	}
	return wrong < 0
}

func (f *Form) check(i int) bool {
	field := &f.Fields[i]
	field.Message = ""
	if field.Check == nil || field.Disabled {
		return true
	}
	if err := field.Check(field.Value); err != nil {
		field.Message = err.Error()
		return false
	}
	return true
}

// Next moves to the next enabled field and reports whether there is one.
func (f *Form) Next() bool { return f.walk(+1) }

// Prev moves to the enabled field before and reports whether there is one.
func (f *Form) Prev() bool { return f.walk(-1) }

func (f *Form) walk(step int) bool {
	for i := f.Cursor + step; i >= 0 && i < len(f.Fields); i += step {
		if !f.Fields[i].Disabled {
			f.goTo(i)
			return true
		}
	}
	return false
}

func (f *Form) goTo(i int) {
	f.Cursor, f.editing, f.listing = i, 0, false
}

// field returns the field under the cursor, with its text ready to edit; nil
// when there is none or it is disabled.
func (f *Form) field() *Field {
	if len(f.Fields) == 0 {
		return nil
	}
	f.Cursor = moved(f.Cursor, 0, len(f.Fields))
	if f.Fields[f.Cursor].Disabled && !f.walk(+1) && !f.walk(-1) {
		return nil
	}
	field := &f.Fields[f.Cursor]
	if f.editing != f.Cursor+1 && !field.fixed() {
		f.edit.set(field.Value)
		f.editing = f.Cursor + 1
	}
	return field
}

// fixed reports whether the value is chosen and not typed.
func (f *Field) fixed() bool { return f.Kind == FieldChoice || f.Kind == FieldToggle }

// Key handles a key press. Esc, and tab or enter past the last field, are left
// to the page.
func (f *Form) Key(msg tea.KeyPressMsg) FormEvent {
	field := f.field()
	if field == nil {
		return FormIgnored
	}
	if f.listing {
		return f.listKey(field, msg.String())
	}
	switch msg.String() {
	case "up", "shift+tab":
		return movedIf(f.Prev())
	case "down", "tab":
		return movedIf(f.Next())
	case "enter":
		if field.Kind == FieldChoice && len(field.Options) > 0 {
			f.listing, f.picked = true, max(field.option(), 0)
			return FormMoved
		}
		return movedIf(f.Next())
	}
	if field.fixed() {
		return f.turnKey(field, msg.String())
	}
	return f.textKey(field, msg)
}

func movedIf(ok bool) FormEvent {
	if ok {
		return FormMoved
	}
	return FormIgnored
}

// listKey works the open list of a choice.
func (f *Form) listKey(field *Field, key string) FormEvent {
	switch key {
	case "up", "k", "shift+tab":
		f.picked = moved(f.picked, -1, len(field.Options))
	case "down", "j", "tab":
		f.picked = moved(f.picked, +1, len(field.Options))
	case "home", "g":
		f.picked = 0
	case "end", "G":
		f.picked = len(field.Options) - 1
	case "esc":
		f.listing = false
	case "enter", "space":
		return f.pick(field)
	default:
		return FormIgnored
	}
	return FormMoved
}

func (f *Form) pick(field *Field) FormEvent {
	f.listing = false
	if f.picked >= len(field.Options) || field.Options[f.picked].Value == field.Value {
		return FormMoved
	}
	return f.assign(field, field.Options[f.picked].Value)
}

// turnKey cycles through a choice or toggle.
func (f *Form) turnKey(field *Field, key string) FormEvent {
	step := 0
	switch key {
	case "left", "h":
		step = -1
	case "right", "l", "space":
		step = +1
	default:
		return FormIgnored
	}
	if field.Kind == FieldToggle {
		if field.Value == "true" {
			return f.assign(field, "false")
		}
		return f.assign(field, "true")
	}
	n := len(field.Options)
	if n == 0 {
		return FormIgnored
	}
	at := field.option()
	if at < 0 && step < 0 {
		at = 0 // an unknown value: left of the first is the last
	}
	return f.assign(field, field.Options[(at+step+n)%n].Value)
}

// option returns the index of the chosen option, or −1.
func (f *Field) option() int {
	return slices.IndexFunc(f.Options, func(c Choice) bool { return c.Value == f.Value })
}

// Characters that a number and a date may be typed with.
const (
	numberChars = "0123456789.,+-eE%"
	dateChars   = "0123456789-/."
)

func (f *Form) textKey(field *Field, msg tea.KeyPressMsg) FormEvent {
	allowed := ""
	switch field.Kind {
	case FieldNumber:
		allowed = numberChars
	case FieldDate:
		allowed = dateChars
	case FieldText, FieldChoice, FieldToggle:
	}
	if allowed != "" && msg.Text != "" && strings.Trim(msg.Text, allowed) != "" {
		return FormMoved // taken, so that it does not act as a key of the page
	}
	if !f.edit.key(msg) {
		return FormIgnored
	}
	if f.edit.string() == field.Value {
		return FormMoved
	}
	return f.assign(field, f.edit.string())
}

// Insert puts pasted text into the field under the cursor, if it is typed.
func (f *Form) Insert(text string) FormEvent {
	field := f.field()
	if field == nil || field.fixed() || f.listing {
		return FormIgnored
	}
	f.edit.insert(text)
	return f.assign(field, f.edit.string())
}

// assign sets a value and checks it at once when it was wrong before, so that a
// message goes away as soon as it no longer holds.
func (f *Form) assign(field *Field, value string) FormEvent {
	field.Value = value
	if field.Message != "" {
		f.check(f.Cursor)
	}
	return FormChanged
}

// Hit handles a click at line y of the last view: on an option it picks it, on
// a field it goes there.
func (f *Form) Hit(y int) FormEvent {
	if y < 0 || y >= len(f.rows) || f.rows[y] == -1 {
		return FormIgnored
	}
	if row := f.rows[y]; row < -1 {
		f.picked = -2 - row
		return f.pick(&f.Fields[f.Cursor])
	}
	if f.Fields[f.rows[y]].Disabled {
		return FormIgnored
	}
	f.goTo(f.rows[y])
	return FormMoved
}
