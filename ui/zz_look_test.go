package ui

import (
	"context"
	"fmt"
	"os"
	"testing"

	"worth/internal/workspace"
	"worth/ui/screen"
)

func TestLook(t *testing.T) {
	dir := os.Getenv("LOOK")
	if dir == "" {
		t.Skip()
	}
	ctx := context.Background()
	ws, err := workspace.Open(ctx, "", workspace.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	d := drive(t, ws, Options{Sources: &workspace.LoadRequest{Sources: []string{"/tmp/demo3k"}}})
	shot := func(name string) {
		for _, th := range []string{"dark", "light"} {
			d.root.env.Theme, _ = startTheme(th)
			for _, s := range [][2]int{{80, 24}, {120, 40}} {
				d.size(s[0], s[1])
				png, err := screen.PNG(d.root.View().Content, s[0], s[1], th)
				if err != nil {
					t.Fatal(err)
				}
				os.WriteFile(fmt.Sprintf("%s/%s-%s-%dx%d.png", dir, name, th, s[0], s[1]), png, 0o644)
				if th == "dark" {
					os.WriteFile(fmt.Sprintf("%s/%s-%dx%d.txt", dir, name, s[0], s[1]), []byte(d.text()), 0o644)
				}
			}
		}
	}
	shot("1overview")
	d.press("tab")
	shot("1overview-revenue")
	d.press("tab")
	shot("1overview-curve")
	d.press("2")
	shot("2segments")
	d.press("tab")
	shot("2segments-heat")
	d.press("c")
	shot("2segments-cuts")
	d.press("esc", "m")
	shot("2segments-scheme")
	d.press("esc", ",")
	shot("settings")
	d.press("esc", "?")
	shot("help")
	d.press("esc", ":")
	shot("palette")
	d.press("esc", "L")
	shot("load")
	d.press("enter")
	shot("mapping")
	d.press("esc", "esc", "D")
	shot("quality")
	d.press("esc", "3")
	shot("customers")
	d.press("a")
	shot("start")
}
