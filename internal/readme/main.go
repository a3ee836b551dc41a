// Command readme renews what the README takes from the program itself: the
// pictures of its pages, the tables of keys, verbs and schemes, and a sample of
// what a verb prints. go generate runs it; the README's other words are written by
// hand.
//
// The idea: the invented shop is loaded into a workspace in memory, the program is
// sent the keys an analyst would press, and every screen is drawn by package
// ui/screen. So a picture shows what the program shows, and the same program gives
// the same pictures on every machine. The test of this command fails when the
// README or a picture no longer says what the program does.
//
// What it does not do: check the hand-written words, or make pictures of a
// terminal's own fonts.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"worth/internal/i18n"
)

//go:generate go run .

// root is the folder of the README, seen from this one.
const root = "../.."

func main() {
	if err := renew(context.Background(), root); err != nil {
		fmt.Fprintln(os.Stderr, "readme: "+err.Error())
		os.Exit(1)
	}
}

// renew writes the README and its pictures below root anew.
func renew(ctx context.Context, root string) error {
	made, err := draw(ctx)
	if err != nil {
		return err
	}
	for _, p := range made.pictures {
		if err := write(picturePath(root, p.name), p.png); err != nil {
			return err
		}
	}
	path := filepath.Join(root, "README.md")
	old, err := os.ReadFile(path)
	if err != nil {
		return i18n.Errorf("the README cannot be read: %v", err)
	}
	text, err := fill(string(old), made.parts)
	if err != nil {
		return err
	}
	return write(path, []byte(text))
}

// picturePath is where a picture lives, in a folder the README can point to.
func picturePath(root, name string) string {
	return filepath.Join(root, "testdata", "pictures", name+".png")
}

// write replaces a file that everyone may read.
func write(path string, data []byte) error {
	if err := os.WriteFile(path, data, 0o644); err != nil { //nolint:gosec // a file of the repository
		return i18n.Errorf("what was made cannot be kept: %v", err)
	}
	return nil
}
