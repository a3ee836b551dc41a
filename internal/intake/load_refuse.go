package intake

import (
	"errors"

	"worth/internal/duck"
	"worth/internal/i18n"
)

// NeedsAnswerError says that a file cannot be loaded before the analyst has
// said what some of its columns mean.
type NeedsAnswerError struct {
	Report *FileReport
	text   string
}

func (e *NeedsAnswerError) Error() string { return e.text }

// inFile names the file in an error about all files where it can only be one.
func (l *loader) inFile(err error) error {
	var tooMuch *duck.TooMuchError
	if errors.As(err, &tooMuch) && len(l.report.Files) == 1 {
		return i18n.Errorf("%s: %v", l.report.Files[0].Source.Title(), err)
	}
	return err
}

// ready returns a *NeedsAnswerError for the first file that cannot be loaded
// without asking.
func ready(reports []*FileReport) error {
	for _, r := range reports {
		if r.Recognition.Ready() {
			continue
		}
		field := Field("")
		if len(r.Recognition.Missing) > 0 {
			field = r.Recognition.Missing[0]
		}
		for _, q := range r.Recognition.Questions {
			if q.Required {
				field = q.Field
				break
			}
		}
		return &NeedsAnswerError{Report: r, text: i18n.T(
			"%s: no column could be recognised as %s%s; say which one it is with --map %s=COLUMN (the columns are %s)",
			r.Source.Title(), string(field), refusedFor(r, field), string(field), listColumns(r.Source))}
	}
	return nil
}

// refusedFor says, for a parenthesis, why the column that is named like a field is not
// taken for it.
func refusedFor(r *FileReport, field Field) string {
	if why := r.Recognition.Refused[field]; why != "" {
		return " (" + why + ")"
	}
	return ""
}
