package whatif

import (
	"encoding/json"
	"maps"
	"slices"

	"worth/internal/i18n"
)

// Settings are the levers that are set in a scope. At most one of Retention, Lifetime
// and Dropout should be among them; if several are, the last one holds.
type Settings map[Lever]Setting

// Scenario is a set of assumptions under a name. It is a value: its methods return
// changed copies and never change what they are called on. It knows no baseline, so the
// same scenario can be asked of other data and of the other mode. As JSON it carries a
// version. The zero Scenario is the baseline.
type Scenario struct {
	Name     string
	All      Settings           // for everyone
	Segments map[Scope]Settings // overrides, by segment
}

// Override is a setting of a segment.
type Override struct {
	Scope   Scope
	Lever   Lever
	Setting Setting
}

// With returns the scenario with a lever set in a scope. Setting one of Retention,
// Lifetime and Dropout takes away the others.
func (s Scenario) With(scope Scope, lever Lever, setting Setting) Scenario {
	return s.change(scope, lever, func(settings Settings) { settings[lever] = setting })
}

// Without returns the scenario without the setting of a lever in a scope, for a face of
// retention without that of any.
func (s Scenario) Without(scope Scope, lever Lever) Scenario {
	return s.change(scope, lever, func(Settings) {})
}

// change returns the scenario with a lever's setting taken away in a scope and others put
// in its place.
func (s Scenario) change(scope Scope, lever Lever, put func(Settings)) Scenario {
	settings := Settings{}
	for l, setting := range s.of(scope) {
		if l != lever && (!l.bends() || !lever.bends()) {
			settings[l] = setting
		}
	}
	put(settings)
	if len(settings) == 0 {
		settings = nil
	}
	if scope == Everyone {
		s.All = settings
		return s
	}
	segments := maps.Clone(s.Segments)
	if segments == nil {
		segments = map[Scope]Settings{}
	}
	segments[scope] = settings
	if settings == nil {
		delete(segments, scope)
	}
	if len(segments) == 0 {
		segments = nil
	}
	s.Segments = segments
	return s
}

// Chains returns the part of the scenario that word of mouth depends on.
func (s Scenario) Chains() Scenario {
	var chains Scenario
	for lever, setting := range s.All {
		if lever.Chained() {
			chains = chains.With(Everyone, lever, setting)
		}
	}
	return chains
}

// of returns the settings of a scope.
func (s Scenario) of(scope Scope) Settings {
	if scope == Everyone {
		return s.All
	}
	return s.Segments[scope]
}

// scopes returns the segments that have settings, in order.
func (s Scenario) scopes() []Scope {
	return slices.Sorted(maps.Keys(s.Segments))
}

// IsBaseline reports whether nothing is set.
func (s Scenario) IsBaseline() bool { return len(s.All) == 0 && len(s.Segments) == 0 }

// Equal reports whether two scenarios are the same, name included.
func (s Scenario) Equal(o Scenario) bool {
	return s.Name == o.Name && maps.Equal(s.All, o.All) &&
		maps.EqualFunc(s.Segments, o.Segments, func(a, b Settings) bool { return maps.Equal(a, b) })
}

// Settings returns everything that is set: for everyone first, then by segment, in the
// order of the levers.
func (s Scenario) Settings() []Override {
	var list []Override
	for _, scope := range append([]Scope{Everyone}, s.scopes()...) {
		settings := s.of(scope)
		for _, lever := range slices.Sorted(maps.Keys(settings)) {
			list = append(list, Override{scope, lever, settings[lever]})
		}
	}
	return list
}

// Overrides returns the settings of segments, by name and lever.
func (s Scenario) Overrides() []Override {
	return slices.DeleteFunc(s.Settings(), func(o Override) bool { return o.Scope == Everyone })
}

// Get returns the setting that holds for a lever in a scope – a segment's own, or else
// that of everyone – and whether it is the scope's own. ok is false if there is none; a
// segment that sets another face of retention has none.
func (s Scenario) Get(scope Scope, lever Lever) (setting Setting, own, ok bool) {
	settings := s.of(scope)
	if setting, ok = settings[lever]; ok {
		return setting, true, true
	}
	if lever.bends() && settings.bend() {
		return Setting{}, false, false
	}
	setting, ok = s.All[lever]
	return setting, ok && scope == Everyone, ok
}

// scenarioVersion is the version of the JSON form.
const scenarioVersion = 1

// scenarioFile is a scenario as JSON: levers under their keys.
type scenarioFile struct {
	Version  int                           `json:"version"`
	Name     string                        `json:"name"`
	All      map[string]Setting            `json:"all,omitempty"`
	Segments map[string]map[string]Setting `json:"segments,omitempty"`
}

// MarshalJSON writes the scenario with its version.
func (s Scenario) MarshalJSON() ([]byte, error) {
	file := scenarioFile{Version: scenarioVersion, Name: s.Name, All: s.All.keyed()}
	for _, scope := range s.scopes() {
		if file.Segments == nil {
			file.Segments = map[string]map[string]Setting{}
		}
		file.Segments[string(scope)] = s.Segments[scope].keyed()
	}
	data, err := json.Marshal(file)
	if err != nil {
		return nil, i18n.Errorf("the scenario %q cannot be written: %v", s.Name, err)
	}
	return data, nil
}

// UnmarshalJSON reads a scenario. It fails with a sentence if it was written by a later
// version or names an assumption that is not known.
func (s *Scenario) UnmarshalJSON(data []byte) error {
	var file scenarioFile
	if err := json.Unmarshal(data, &file); err != nil {
		return i18n.Errorf("the scenario cannot be read: %v", err)
	}
	if file.Version != scenarioVersion {
		return i18n.Errorf("the scenario %q has version %d; this program reads version %d", file.Name, file.Version, scenarioVersion)
	}
	read := Scenario{Name: file.Name}
	var err error
	if read.All, err = levered(file.All); err != nil {
		return i18n.Errorf("the scenario %q cannot be read: %v", file.Name, err)
	}
	for scope, keyed := range file.Segments {
		settings, err := levered(keyed)
		if err != nil {
			return i18n.Errorf("the segment %q of the scenario %q cannot be read: %v", scope, file.Name, err)
		}
		if scope == "" || settings == nil {
			continue // a segment without a name is nobody
		}
		if read.Segments == nil {
			read.Segments = map[Scope]Settings{}
		}
		read.Segments[Scope(scope)] = settings
	}
	*s = read
	return nil
}

// keyed returns settings under the keys of their levers.
func (s Settings) keyed() map[string]Setting {
	if len(s) == 0 {
		return nil
	}
	keyed := make(map[string]Setting, len(s))
	for lever, setting := range s {
		keyed[lever.String()] = setting
	}
	return keyed
}

// levered returns keyed settings under their levers.
func levered(keyed map[string]Setting) (Settings, error) {
	if len(keyed) == 0 {
		return nil, nil //nolint:nilnil // nothing set is nil, see Equal
	}
	settings := make(Settings, len(keyed))
	for key, setting := range keyed {
		lever, err := ParseLever(key)
		if err != nil {
			return nil, err
		}
		settings[lever] = setting
	}
	return settings, nil
}
