package page

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
)

// sqlWritten says that a text is in a file, to be edited.
type sqlWritten struct {
	buffer int
	path   string
	err    error
}

// sqlEdited brings a text back from a file.
type sqlEdited struct {
	buffer int
	text   string
	err    error
}

// editOutside writes the text to a file that only its owner can read.
func (p *sqlPage) editOutside() tea.Cmd {
	if externalEditor() == "" {
		return send(Notice{Text: i18n.T("no editor is named; set the variable EDITOR to one"), Bad: true})
	}
	text, buffer := p.editor().Text(), p.current
	return func() tea.Msg {
		dir, err := os.MkdirTemp("", "worth-edit-")
		if err != nil {
			return sqlWritten{err: err}
		}
		path := filepath.Join(dir, "query.sql")
		if err := os.WriteFile(path, []byte(text+"\n"), 0o600); err != nil {
			return sqlWritten{err: errors.Join(err, os.RemoveAll(dir))}
		}
		return sqlWritten{buffer: buffer, path: path}
	}
}

// externalEditor is the editor of the environment.
func externalEditor() string {
	if editor := strings.TrimSpace(os.Getenv("VISUAL")); editor != "" {
		return editor
	}
	return strings.TrimSpace(os.Getenv("EDITOR"))
}

// onWritten hands the terminal to the editor.
func (p *sqlPage) onWritten(msg sqlWritten) tea.Cmd {
	if msg.err != nil {
		return send(Notice{Text: i18n.T("the text cannot be handed to the editor: %v", msg.err), Bad: true})
	}
	words := strings.Fields(externalEditor())
	command := exec.Command(words[0], append(words[1:], msg.path)...) //nolint:gosec,noctx // the analyst's own editor, which ends when they leave it
	return send(RunProgram{Command: command, Done: func(err error) tea.Msg {
		text, errRead := os.ReadFile(msg.path)
		errGone := os.RemoveAll(filepath.Dir(msg.path))
		return sqlEdited{msg.buffer, strings.TrimRight(string(text), "\n"), errors.Join(err, errRead, errGone)}
	}})
}

// onEdited takes the text over as one change, which can be undone.
func (p *sqlPage) onEdited(msg sqlEdited) tea.Cmd {
	if msg.err != nil {
		return send(Notice{Text: i18n.T("the editor ended with an error, and the text is as it was: %v", msg.err), Bad: true})
	}
	if msg.buffer < len(p.buffers) {
		p.buffers[msg.buffer].Rewrite(msg.text)
	}
	return p.keepChanged()
}
