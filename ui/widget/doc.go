// Package widget holds the parts screens are made of: a virtual grid, bars,
// charts, heat maps, forms, a command palette, a file picker, and the filter
// input's completion.
//
// A widget has no Update and does no I/O. It has methods that change it, called
// by the page that owns it, and View(w, h), which draws it in exactly w×h cells,
// also when that is 0×0 or far too small. Views are drawn after every message,
// so they are made of styled runs and cost well under a millisecond.
//
// No text from data reaches the terminal but through Clean. Widgets are not safe
// for concurrent use; they belong to the update loop.
package widget
