package widget

import tea "charm.land/bubbletea/v2"

// BeginTyping lets a number be typed into the slider under the cursor, beginning
// with a text. It does nothing where the slider cannot be moved.
func (s *Sliders) BeginTyping(text string) {
	if s.Cursor < 0 || s.Cursor >= len(s.Rows) || s.Rows[s.Cursor].Off != "" {
		return
	}
	s.typing = true
	s.edit = lineEdit{}
	s.edit.set(text)
}

// Typing reports whether a number is being typed.
func (s *Sliders) Typing() bool { return s.typing }

// Typed returns what was typed so far.
func (s *Sliders) Typed() string { return s.edit.string() }

// EndTyping gives up what was typed.
func (s *Sliders) EndTyping() { s.typing, s.edit = false, lineEdit{} }

// Insert puts pasted text where a number is being typed.
func (s *Sliders) Insert(text string) {
	if s.typing {
		s.edit.insert(text)
	}
}

// Key edits what is being typed. It reports false for keys it leaves to the page,
// such as enter and esc.
func (s *Sliders) Key(msg tea.KeyPressMsg) bool { return s.typing && s.edit.key(msg) }
