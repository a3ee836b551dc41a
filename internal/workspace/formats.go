package workspace

import "worth/internal/intake"

// CheckFormats returns what is wrong with format files, or with those in folders:
// sentences that name file and line. Files may also contradict each other or the
// formats of the program; a format replaces one of the same name.
func CheckFormats(places ...string) error {
	_, err := intake.BuiltinFormats().With(places...)
	return err
}
